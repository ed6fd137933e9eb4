import { startOfLog, type Position } from '@stockproof/event-store';
import { sql } from '@stockproof/sql';
import type { WarehouseEvent } from '@stockproof/stock-domain';
import type { AccountId } from '@stockproof/vocabulary';
import { warehouseStream } from '../stock.streams';
import { readPlace } from './view-rows';
import { placed, type Placed, type VerifierTools } from './subjects';

/** What a warehouse is to an account at some place in the log. */
export type HeardWarehouse = { readonly code: string; readonly kind: 'physical' | 'virtual'; readonly members: readonly string[] };

/** The virtual warehouses that an account may use, with their members, at a place in the log; `null`: not known up to there yet. */
export type Memberships = { readonly at: (position: Position) => Promise<ReadonlyMap<string, readonly string[]> | null> };

/** What the log says of one warehouse up to a place; `null`: the account may not use it. */
export const warehouseAt = (told: readonly Placed<WarehouseEvent>[], position: Position): HeardWarehouse | null => {
  let usable: Omit<HeardWarehouse, 'members'> | null = null;
  let members: readonly string[] = [];
  for (const { event, position: at } of told) {
    if (at > position) continue;
    switch (event.type) {
      case 'WarehouseEnabledForAccount':
        usable = { code: event.data.code, kind: event.data.kind };
        break;
      case 'WarehouseDisabledForAccount':
        usable = null;
        break;
      case 'WarehouseDescribed':
      case 'WarehouseMembersReplaced':
        members = event.data.members;
        break;
    }
  }
  return usable && { ...usable, members: [...members].sort() };
};

/** All that the log says of a warehouse, to one account and to the organization that it belongs to. */
export const readWarehouse = async (
  { store }: Pick<VerifierTools, 'store'>,
  accountId: AccountId,
  warehouseId: string,
): Promise<readonly Placed<WarehouseEvent>[]> => {
  const toAccount = await store.readStream(warehouseStream(accountId, warehouseId));
  const organizationId = toAccount[0]?.meta.organizationId;
  const toOrganization = organizationId === undefined ? [] : await store.readStream(warehouseStream(organizationId, warehouseId));
  return [...toAccount, ...toOrganization].map((recorded) => placed<WarehouseEvent>(recorded));
};

/** Reads an account's warehouses when first asked, and again when asked about a place beyond what was read. */
export const membershipsOf = (tools: VerifierTools, accountId: AccountId): Memberships => {
  let readUpTo: Position = startOfLog;
  let warehouses: readonly (readonly [string, readonly Placed<WarehouseEvent>[]])[] = [];
  const read = async (): Promise<void> => {
    const listed = await readPlace(tools.database, 'stock-streams');
    const rows = await tools.database.query<{ key: string }>(
      sql(`select key from stock_streams_v1 where account_id = $1 and kind = 'warehouse' order by key`, accountId),
    );
    warehouses = await Promise.all(rows.map(async ({ key }) => [key, await readWarehouse(tools, accountId, key)] as const));
    readUpTo = listed ?? startOfLog;
  };
  return {
    at: async (position) => {
      if (position > readUpTo) await read();
      if (position > readUpTo) return null;
      return new Map(
        warehouses.flatMap(([id, told]) => {
          const warehouse = warehouseAt(told, position);
          return warehouse?.kind === 'virtual' ? [[id, warehouse.members] as const] : [];
        }),
      );
    },
  };
};
