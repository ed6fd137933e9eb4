import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { skuKey } from '@stockproof/vocabulary';
import { isItemEvent, itemEventTypes, stockEventOf } from '../stock-event';
import { warehouseEventTypes } from '../stock-levels/membership';
import { stretchClass } from './lateness';
import { memberSpells } from './member-spells';

const quantities = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;
type Figures = Record<(typeof quantities)[number], number>;

/** Where the rows of one batch bring a SKU in a warehouse, starting from nothing: what the batch found there is added in SQL. */
type Standing = Figures & {
  readonly accountId: string;
  readonly key: string;
  readonly sku: string;
  readonly warehouseId: string;
  readonly firstPosition: string;
  firstEffectiveAt: string;
  latenessSeen: number;
};

type Row = {
  readonly event: RecordedEvent;
  readonly ordinal: number;
  readonly accountId: string;
  readonly sku: string;
  readonly warehouseId: string;
  readonly at: string;
  readonly lateness: number | null;
  readonly by: Figures;
  readonly after: Figures;
};

const textOf = ({ event }: Row, ...names: readonly string[]): string | null => {
  for (const name of names) if (typeof event.data[name] === 'string') return event.data[name];
  return null;
};

const columns: readonly (readonly [name: string, type: string, value: (row: Row) => unknown])[] = [
  ['account_id', 'uuid', (row) => row.accountId],
  ['position', 'text', (row) => row.event.position],
  ['ordinal', 'integer', (row) => row.ordinal],
  ['event_id', 'uuid', (row) => row.event.id],
  ['sku_key', 'text', (row) => skuKey(row.sku)],
  ['sku', 'text', (row) => row.sku],
  ['warehouse_id', 'uuid', (row) => row.warehouseId],
  ['cause', 'text', (row) => row.event.type],
  ['effective_at', 'timestamptz', (row) => row.at],
  ['recorded_at', 'timestamptz', (row) => row.event.recordedAt],
  ['lateness', 'smallint', (row) => row.lateness],
  ...quantities.map((name) => [name, 'bigint', (row: Row) => row.by[name]] as const),
  ...quantities.map((name) => [`${name}_after`, 'bigint', (row: Row) => row.after[name]] as const),
  ['actor', 'text', (row) => row.event.meta.actor],
  ['order_id', 'text', (row) => textOf(row, 'orderId')],
  ['reference', 'text', (row) => textOf(row, 'reference', 'reportId', 'receiptId', 'purchaseOrderId', 'allocationId')],
  ['reason', 'text', (row) => textOf(row, 'reason', 'source')],
  ['note', 'text', (row) => textOf(row, 'note')],
];

/** The rows of a batch with balances as if it were the first, and where it ends. */
const balanced = (events: readonly RecordedEvent[]): { readonly rows: readonly Row[]; readonly standings: readonly Standing[] } => {
  const standings = new Map<string, Standing>();
  const rows: Row[] = [];
  for (const event of events) {
    const { accountId, sku, changes } = stockEventOf(event);
    changes.forEach((change, ordinal) => {
      const { warehouseId, at } = change;
      const id = `${accountId} ${skuKey(sku)} ${warehouseId}`;
      const standing = standings.get(id) ?? standingFrom({ accountId, sku, warehouseId }, event, at);
      const by = figures((name) => change[name] ?? 0);
      for (const name of quantities) standing[name] += by[name];
      const lateness = stretchClass(at, event.recordedAt);
      if (lateness !== null) standing.latenessSeen |= 1 << lateness;
      if (at < standing.firstEffectiveAt) standing.firstEffectiveAt = at;
      standings.set(id, standing);
      rows.push({ event, ordinal, accountId, sku, warehouseId, at, lateness, by, after: figures((name) => standing[name]) });
    });
  }
  return { rows, standings: [...standings.values()] };
};

const figures = (of: (name: keyof Figures) => number): Figures => ({
  total: of('total'),
  unsellable: of('unsellable'),
  allocated: of('allocated'),
  held: of('held'),
  incoming: of('incoming'),
});

/** What claims to take effect later than it is recorded counts from when it is recorded, as it does in the live figures. */
const standingFrom = (
  { accountId, sku, warehouseId }: { readonly accountId: string; readonly sku: string; readonly warehouseId: string },
  { position, recordedAt }: RecordedEvent,
  at: string,
): Standing => ({
  ...{ accountId, key: skuKey(sku), sku, warehouseId, firstPosition: position, latenessSeen: 0 },
  firstEffectiveAt: at < recordedAt ? at : recordedAt,
  ...figures(() => 0),
});

const addRows = (rows: readonly Row[]): Statement => {
  const names = columns.map(([name]) => name);
  const values = names.map((name) =>
    name.endsWith('_after') ? `u.${name} + coalesce(b.${name.slice(0, -'_after'.length)}, 0)` : `u.${name}`,
  );
  return sql(
    `insert into stock_movements_v2 (${names.join(', ')})
     select ${values.join(', ')}
       from unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')}) u(${names.join(', ')})
       left join stock_balances_v2 b on b.account_id = u.account_id and b.sku_key = u.sku_key and b.warehouse_id = u.warehouse_id`,
    ...columns.map(([, , value]) => rows.map(value)),
  );
};

const addStandings = (standings: readonly Standing[]): Statement =>
  sql(
    `insert into stock_balances_v2 as b
       (account_id, sku_key, sku, warehouse_id, ${quantities.join(', ')}, lateness_seen, first_position, first_effective_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::integer[], $11::text[], $12::timestamptz[])
     on conflict (account_id, sku_key, warehouse_id) do update set
       ${quantities.map((name) => `${name} = b.${name} + excluded.${name}`).join(', ')},
       lateness_seen = b.lateness_seen | excluded.lateness_seen,
       first_effective_at = least(b.first_effective_at, excluded.first_effective_at)`,
    standings.map((each) => each.accountId),
    standings.map((each) => each.key),
    standings.map((each) => each.sku),
    standings.map((each) => each.warehouseId),
    ...quantities.map((name) => standings.map((each) => each[name])),
    standings.map((each) => each.latenessSeen),
    standings.map((each) => each.firstPosition),
    standings.map((each) => each.firstEffectiveAt),
  );

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const { rows, standings } = balanced(events.filter(isItemEvent));
  return [...memberSpells(events), ...(rows.length === 0 ? [] : [addRows(rows), addStandings(standings)])];
};

/** The ledger: one row per change with the balances it led to, and who was a member of what. */
export const stockMovementsProjection: Projection = {
  name: 'stock-movements',
  version: 2,
  ddl: readFileSync(join(__dirname, 'stock-movements.sql'), 'utf8'),
  handles: [...itemEventTypes, ...warehouseEventTypes],
  project,
};
