import { testAccount, testOrganization, type WrittenDown } from '@stockproof/projections/testing';
import type { ItemEvent, WarehouseEvent } from '@stockproof/stock-domain';
import { derivedId, skuKey } from '@stockproof/vocabulary';

/** Events as stock's log has them, for tests of what follows from them. */
export const warehouses = { north: derivedId('north'), south: derivedId('south'), west: derivedId('west'), both: derivedId('both') };
export type Named = keyof typeof warehouses;

const now = '2026-01-10T12:00:00.000Z';

const item = (accountId: string, event: ItemEvent): WrittenDown => ({
  ...event,
  stream: `stock.item-${accountId}-${skuKey(event.data.sku)}`,
  meta: { accountId },
});

/** Goods that were found, or lost; over both of two warehouses in one event where there is a second. */
export const adjusted = (
  sku: string,
  at: Named,
  by: number,
  { accountId = testAccount, also }: { accountId?: string; also?: Named } = {},
) =>
  item(accountId, {
    type: 'StockAdjusted',
    data: {
      ...{ sku, reason: 'found', note: null, reference: null, decidedAt: now },
      changes: [at, ...(also === undefined ? [] : [also])].map((each) => ({ warehouseId: warehouses[each], at: now, total: by })),
    },
  });

/** An event of the SKU that changes no figure. */
export const fellShort = (sku: string): WrittenDown =>
  item(testAccount, {
    type: 'StockShortfallFound',
    data: { sku, changes: [], decidedAt: now, warehouseId: warehouses.north, missing: 1, uncovered: [] },
  });

const warehouse = (event: WarehouseEvent): WrittenDown => {
  const owner = 'organizationId' in event.data ? event.data.organizationId : event.data.accountId;
  return {
    ...event,
    stream: `stock.warehouse-${owner}-${event.data.warehouseId}`,
    meta: { accountId: 'organizationId' in event.data ? null : event.data.accountId },
  };
};
const both = { warehouseId: warehouses.both, sequence: 1, decidedAt: now };

export const described = (members: readonly Named[]): WrittenDown =>
  warehouse({
    type: 'WarehouseDescribed',
    data: { ...both, organizationId: testOrganization, code: 'BOTH', name: 'Both', kind: 'virtual', members: idsOf(members) },
  });
export const consistsOf = (members: readonly Named[]): WrittenDown =>
  warehouse({ type: 'WarehouseMembersReplaced', data: { ...both, organizationId: testOrganization, members: idsOf(members) } });
export const enabled = (at: Named = 'both', accountId = testAccount): WrittenDown =>
  warehouse({
    type: 'WarehouseEnabledForAccount',
    data: {
      ...both,
      accountId,
      warehouseId: warehouses[at],
      code: at.toUpperCase(),
      kind: at === 'both' ? 'virtual' : 'physical',
      members: [],
    },
  });
export const disabled = (at: Named = 'both', accountId = testAccount): WrittenDown =>
  warehouse({ type: 'WarehouseDisabledForAccount', data: { accountId, warehouseId: warehouses[at], sequence: 2, decidedAt: now } });

const idsOf = (members: readonly Named[]): readonly string[] => members.map((each) => warehouses[each]);
