import type { RecordedEvent } from '@stockproof/event-store';
import { sql, type Statement } from '@stockproof/sql';
import type { WarehouseEvent } from '@stockproof/stock-domain';
import { warehouseEventTypes } from '../stock-levels/membership';

/** Who was a member of what, from where to where in the log; one event after the other, they are few. */
export const memberSpells = (events: readonly RecordedEvent[]): readonly Statement[] =>
  events
    .filter(({ type }) => warehouseEventTypes.some((each) => each === type))
    .flatMap((recorded) => {
      const event = { type: recorded.type, data: recorded.data } as WarehouseEvent;
      return [...standingAfter(event), ...spellsAfter(event.data.warehouseId, recorded)];
    });

const standingAfter = (event: WarehouseEvent): readonly Statement[] => {
  switch (event.type) {
    case 'WarehouseDescribed':
    case 'WarehouseMembersReplaced':
      return [
        sql('delete from stock_ledger_members_v2 where warehouse_id = $1', event.data.warehouseId),
        sql('insert into stock_ledger_members_v2 select $1, unnest($2::uuid[])', event.data.warehouseId, event.data.members),
      ];
    case 'WarehouseEnabledForAccount':
      return [
        sql(
          `insert into stock_ledger_warehouses_v2 (account_id, warehouse_id, code, kind, enabled) values ($1, $2, $3, $4, true)
           on conflict (account_id, warehouse_id) do update set code = excluded.code, kind = excluded.kind, enabled = true`,
          event.data.accountId,
          event.data.warehouseId,
          event.data.code,
          event.data.kind,
        ),
      ];
    case 'WarehouseDisabledForAccount':
      return [
        sql(
          'update stock_ledger_warehouses_v2 set enabled = false where account_id = $1 and warehouse_id = $2',
          event.data.accountId,
          event.data.warehouseId,
        ),
      ];
  }
};

const membersNow = `
  select w.account_id, w.warehouse_id, m.member_id
    from stock_ledger_warehouses_v2 w join stock_ledger_members_v2 m on m.warehouse_id = w.warehouse_id
   where w.warehouse_id = $1 and w.enabled and w.kind = 'virtual'`;

const spellsAfter = (warehouseId: string, { position, recordedAt }: RecordedEvent): readonly Statement[] => [
  sql(
    `update stock_member_spells_v2 s set until_position = $2, until_recorded_at = $3
      where s.warehouse_id = $1 and s.until_position is null
        and not exists (select from (${membersNow}) n where n.account_id = s.account_id and n.member_id = s.member_id)`,
    warehouseId,
    position,
    recordedAt,
  ),
  sql(
    `insert into stock_member_spells_v2 (account_id, warehouse_id, member_id, from_position, from_recorded_at)
     select n.account_id, n.warehouse_id, n.member_id, $2, $3 from (${membersNow}) n
      where not exists (select from stock_member_spells_v2 s
                         where s.account_id = n.account_id and s.warehouse_id = n.warehouse_id and s.member_id = n.member_id and s.until_position is null)`,
    warehouseId,
    position,
    recordedAt,
  ),
];
