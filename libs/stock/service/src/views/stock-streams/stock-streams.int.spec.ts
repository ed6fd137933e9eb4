import {
  projectionTest,
  testAccount as accountId,
  testOrganization as organizationId,
  type WrittenDown,
} from '@stockproof/projections/testing';
import type { ItemEvent, WarehouseEvent } from '@stockproof/stock-domain';
import { derivedId } from '@stockproof/vocabulary';
import { stockStreamsProjection } from './stock-streams.projection';

describe('the list of streams', () => {
  const view = projectionTest(stockStreamsProjection);
  const listed = async () =>
    (await view.rowsOf('stock_streams_v1'))
      .map(({ kind, key, position, revision }) => ({ kind, key, position, revision }))
      .sort((a, b) => (String(a.kind) < String(b.kind) ? -1 : 1));

  it('has each stream of an account once, with where it changed last', async () => {
    const events = await view.given([...found('black%20tea'), ...withdrawn, ...found('black%20tea'), ...enabled]);
    expect(await listed()).toEqual([
      { kind: 'allocation', key: order, position: events[1]?.position, revision: 1 },
      { kind: 'item', key: 'black%20tea', position: events[2]?.position, revision: 2 },
      { kind: 'warehouse', key: north, position: events[3]?.position, revision: 1 },
    ]);
  });

  it('leaves out what belongs to no account', async () => {
    await view.given([{ ...described, stream: `stock.warehouse-${organizationId}-${north}`, meta: { accountId: null } }]);
    expect(await listed()).toEqual([]);
  });
});

const now = '2026-01-10T12:00:00.000Z';
const [north, order] = [derivedId('north'), derivedId('order')];

function found(key: string): readonly WrittenDown[] {
  const data = {
    sku: 'Black tea',
    decidedAt: now,
    changes: [{ warehouseId: north, at: now, total: 1 }],
    reason: 'found',
    note: null,
    reference: null,
  };
  const event = { type: 'StockAdjusted', data } as ItemEvent;
  return [{ ...event, stream: `stock.item-${accountId}-${key}` }];
}
const withdrawn: readonly WrittenDown[] = [
  { type: 'AllocationWithdrawn', data: { orderId: order, attempt: 1, decidedAt: now }, stream: `stock.allocation-${accountId}-${order}` },
];
const common = { warehouseId: north, code: 'NORTH', kind: 'physical', members: [], sequence: 1, decidedAt: now } as const;
const enabled: readonly WrittenDown[] = [
  { type: 'WarehouseEnabledForAccount', data: { ...common, accountId }, stream: `stock.warehouse-${accountId}-${north}` },
];
const described: WarehouseEvent = { type: 'WarehouseDescribed', data: { ...common, organizationId, name: 'North' } };
