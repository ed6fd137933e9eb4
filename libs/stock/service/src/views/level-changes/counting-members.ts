import type { RecordedEvent } from '@stockproof/event-store';
import { sql, type Statement } from '@stockproof/sql';
import type { WarehouseEvent } from '@stockproof/stock-domain';

/**
 * A change of membership changes the figures of whatever the accounts that use the warehouse have: each of their SKUs counts one on.
 * Which of them really changed is not looked at: the count must follow from the events before, not from figures that another view keeps.
 */
export const countMembership = ({ data, type, position }: RecordedEvent): readonly Statement[] => {
  const event = { type, data } as WarehouseEvent;
  switch (event.type) {
    case 'WarehouseDescribed':
      return event.data.kind === 'virtual' ? membersAre(event.data, position) : [];
    case 'WarehouseMembersReplaced':
      return membersAre(event.data, position);
    case 'WarehouseEnabledForAccount':
      return event.data.kind === 'virtual' ? enabled(event.data, position) : [];
    case 'WarehouseDisabledForAccount':
      return disabled(event.data, position);
  }
};

type Membership = { readonly warehouseId: string; readonly members: readonly string[] };
type OfAccount = { readonly accountId: string; readonly warehouseId: string };

const membersAre = ({ warehouseId, members }: Membership, position: string): readonly Statement[] => [
  sql('delete from stock_level_members_v1 where warehouse_id = $1', warehouseId),
  sql('insert into stock_level_members_v1 (warehouse_id, member_id) select $1, unnest($2::uuid[])', warehouseId, members),
  ...seenMembers(warehouseId),
  countOnIn(warehouseId, null, position),
];

/** An account that has it already is told of it again when its members change: that alone counts nothing on. */
const enabled = ({ accountId, warehouseId }: OfAccount, position: string): readonly Statement[] => [
  sql(
    `with added as (
       insert into stock_level_virtuals_v1 (account_id, warehouse_id) values ($1, $2) on conflict do nothing returning account_id),
     counted as (
       update stock_level_counts_v1 c set sequence = c.sequence + 1 from added a where a.account_id = c.account_id
       returning c.account_id, c.sku_key, c.sequence)
     insert into stock_level_changes_v1 (account_id, position, sku_key, sequence) select account_id, $3, sku_key, sequence from counted`,
    accountId,
    warehouseId,
    position,
  ),
  ...seenMembers(warehouseId),
];

/** A physical one is not among them, and nothing counts on. */
const disabled = ({ accountId, warehouseId }: OfAccount, position: string): readonly Statement[] => [
  countOnIn(warehouseId, accountId, position),
  sql('delete from stock_level_virtuals_v1 where account_id = $1 and warehouse_id = $2', accountId, warehouseId),
  ...seenMembers(warehouseId),
];

const seenMembers = (warehouseId: string): readonly Statement[] => [
  sql('delete from stock_virtual_members_v1 where warehouse_id = $1', warehouseId),
  sql(
    `insert into stock_virtual_members_v1 (account_id, warehouse_id, member_id)
     select v.account_id, v.warehouse_id, m.member_id
       from stock_level_virtuals_v1 v join stock_level_members_v1 m on m.warehouse_id = v.warehouse_id where v.warehouse_id = $1`,
    warehouseId,
  ),
];

/** `accountId` null: in every account that uses the warehouse. */
const countOnIn = (warehouseId: string, accountId: string | null, position: string): Statement =>
  sql(
    `with counted as (
       update stock_level_counts_v1 c set sequence = c.sequence + 1
         from stock_level_virtuals_v1 v
        where v.warehouse_id = $1 and v.account_id = c.account_id and ($2::uuid is null or v.account_id = $2)
       returning c.account_id, c.sku_key, c.sequence)
     insert into stock_level_changes_v1 (account_id, position, sku_key, sequence) select account_id, $3, sku_key, sequence from counted`,
    warehouseId,
    accountId,
    position,
  );
