import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { skuKey } from '@stockproof/vocabulary';
import { isItemEvent, itemEventTypes, stockEventOf } from '../stock-event';
import { membershipStatements, warehouseEventTypes } from './membership';
import { sumMembers } from './member-sums';

const names = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;

type Sum = {
  readonly accountId: string;
  readonly key: string;
  readonly sku: string;
  readonly warehouseId: string;
  position: string;
} & Record<(typeof names)[number], number>;

/** Levels are sums of the differences that events state; virtual ones are sums of their members' levels. */
const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const sums = sumsOf(events.filter(isItemEvent));
  const membership = membershipStatements(events);
  const touched = new Map(sums.map(({ accountId, key }) => [`${accountId} ${key}`, { accountId, key }]));
  return [...membership.before, ...(sums.length === 0 ? [] : [addSums(sums), sumMembers([...touched.values()])]), ...membership.after];
};

const sumsOf = (events: readonly RecordedEvent[]): readonly Sum[] => {
  const sums = new Map<string, Sum>();
  for (const event of events) {
    const { accountId, sku, changes } = stockEventOf(event);
    for (const change of changes) {
      const key = `${accountId} ${skuKey(sku)} ${change.warehouseId}`;
      const sum = sums.get(key) ?? {
        accountId,
        key: skuKey(sku),
        sku,
        warehouseId: change.warehouseId,
        position: '',
        total: 0,
        unsellable: 0,
        allocated: 0,
        held: 0,
        incoming: 0,
      };
      for (const name of names) sum[name] += change[name] ?? 0;
      sum.position = event.position;
      sums.set(key, sum);
    }
  }
  return [...sums.values()];
};

const addSums = (sums: readonly Sum[]): Statement =>
  sql(
    `insert into stock_levels_v1 as l (account_id, sku_key, sku, warehouse_id, kind, total, unsellable, allocated, held, incoming, publishable, position)
     select u.a, u.k, u.s, u.w, 'physical', u.total, u.unsellable, u.allocated, u.held, u.incoming, greatest(0, u.total - u.unsellable - u.allocated - u.held), u.p
       from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[])
         u(a, k, s, w, total, unsellable, allocated, held, incoming, p)
     on conflict (account_id, sku_key, warehouse_id) do update set
       total = l.total + excluded.total, unsellable = l.unsellable + excluded.unsellable, allocated = l.allocated + excluded.allocated,
       held = l.held + excluded.held, incoming = l.incoming + excluded.incoming, position = excluded.position,
       publishable = greatest(0, l.available + excluded.total - excluded.unsellable - excluded.allocated - excluded.held)`,
    sums.map((each) => each.accountId),
    sums.map((each) => each.key),
    sums.map((each) => each.sku),
    sums.map((each) => each.warehouseId),
    ...names.map((name) => sums.map((each) => each[name])),
    sums.map((each) => each.position),
  );

export const stockLevelsProjection: Projection = {
  name: 'stock-levels',
  version: 1,
  ddl: readFileSync(join(__dirname, 'stock-levels.sql'), 'utf8'),
  handles: [...itemEventTypes, ...warehouseEventTypes],
  project,
};
