import type { RecordedEvent } from '@stockproof/event-store';
import { sql, type Statement } from '@stockproof/sql';
import type { WarehouseEvent } from '@stockproof/stock-domain';
import { sumMembersAnew } from './member-sums';

export const warehouseEventTypes: readonly WarehouseEvent['type'][] = [
  'WarehouseDescribed',
  'WarehouseMembersReplaced',
  'WarehouseEnabledForAccount',
  'WarehouseDisabledForAccount',
];

/** Membership as rows, before levels change; and the sums that follow from it, once they have. */
export const membershipStatements = (
  events: readonly RecordedEvent[],
): { readonly before: readonly Statement[]; readonly after: readonly Statement[] } => {
  const heard = events.flatMap(({ type, data }) => (isWarehouseEventType(type) ? [{ type, data } as WarehouseEvent] : []));
  const virtual = heard.filter(
    (event) => event.type === 'WarehouseMembersReplaced' || event.type === 'WarehouseDisabledForAccount' || event.data.kind === 'virtual',
  );
  const virtualIds = [...new Set(virtual.map((event) => event.data.warehouseId))];
  return { before: heard.flatMap(rowsOf), after: virtualIds.length === 0 ? [] : sumMembersAnew(virtualIds) };
};

const isWarehouseEventType = (type: string): type is WarehouseEvent['type'] => warehouseEventTypes.some((each) => each === type);

const rowsOf = (event: WarehouseEvent): readonly Statement[] => {
  switch (event.type) {
    case 'WarehouseDescribed':
    case 'WarehouseMembersReplaced':
      return [
        sql('delete from stock_members_v1 where warehouse_id = $1', event.data.warehouseId),
        sql(
          'insert into stock_members_v1 (warehouse_id, member_id) select $1, unnest($2::uuid[])',
          event.data.warehouseId,
          event.data.members,
        ),
      ];
    case 'WarehouseEnabledForAccount':
      return [
        sql(
          `insert into stock_warehouses_v1 (account_id, warehouse_id, code, kind) values ($1, $2, $3, $4)
           on conflict (account_id, warehouse_id) do update set code = excluded.code, kind = excluded.kind`,
          event.data.accountId,
          event.data.warehouseId,
          event.data.code,
          event.data.kind,
        ),
      ];
    case 'WarehouseDisabledForAccount':
      return [
        sql('delete from stock_warehouses_v1 where account_id = $1 and warehouse_id = $2', event.data.accountId, event.data.warehouseId),
      ];
  }
};
