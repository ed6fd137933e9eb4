import { createHash } from 'node:crypto';
import type { QuietReport } from '@stockproof/stock-domain';
import { sql, type Queryable } from '@stockproof/sql';
import { plusMs, skuKey, type Clock, type SkuKey } from '@stockproof/vocabulary';
import { keysOf, underWayMs, type Announced, type Happened, type OtherReports, type SpokenOf } from './spoken-of';

/** As long as an older report would still be taken, and a day more. */
const keptMs = 8 * 24 * 3_600_000;

/** A part that was announced by itself says nothing of the whole. */
const beginText = `
  insert into reports_under_way as known (account_id, warehouse_id, report_id, taken_at, seen_at, digest) values ($1, $2, $3, $4, $5, $6)
  on conflict (account_id, warehouse_id, report_id) do update set seen_at = excluded.seen_at, digest = excluded.digest
    where known.digest in ('', excluded.digest)
  returning 1`;

const announceText = `
  with under_way as (
    insert into reports_under_way (account_id, warehouse_id, report_id, taken_at, seen_at) values ($1, $2, $3, $4, $5)
    on conflict (account_id, warehouse_id, report_id) do update
      set seen_at = excluded.seen_at, taken_at = least(reports_under_way.taken_at, excluded.taken_at))
  insert into skus_spoken_of as known (account_id, warehouse_id, set_id, sku_keys, first_key, last_key, taken_at, report_id, source, meaning)
  values ($1, $2, $6, $7, $8, $9, $4, $3, $10, $11)
  on conflict (account_id, warehouse_id, set_id) do update
    set taken_at = excluded.taken_at, report_id = excluded.report_id, source = excluded.source, meaning = excluded.meaning
    where known.taken_at < excluded.taken_at`;

const report = `s.taken_at as "takenAt", s.report_id as "reportId", s.source, s.meaning`;

const othersText = `
  select null as key, null as "takenAt", null as "reportId", null as source, null as meaning
   where exists (select 1 from reports_under_way where account_id = $1 and warehouse_id = $2 and taken_at < $3 and seen_at > $7)
  union all (
  select distinct on (k.key) k.key, ${report} from skus_spoken_of s cross join lateral unnest(s.sku_keys) k(key)
   where s.account_id = $1 and s.warehouse_id = $2 and s.taken_at > $3 and s.first_key <= $5 and s.last_key >= $4 and k.key = any($6)
   order by k.key, s.taken_at desc)`;

const sinceText = `
  select ${report} from skus_spoken_of s
   where s.account_id = $1 and s.warehouse_id = $2 and s.taken_at >= $3 and s.first_key <= $4 and s.last_key >= $4 and $4 = any(s.sku_keys)
   order by s.taken_at desc limit 1`;

type OtherRow = QuietReport & { readonly key: SkuKey | null };

/** What warehouses spoke of, beside the log: it can be told again by the next report, and only spares events. */
export const postgresSpokenOf = (database: Queryable, clock: Clock): SpokenOf => ({
  begin: async ({ accountId, warehouseId, reportId, takenAt, digest }) => {
    const begun = await database.query(sql(beginText, accountId, warehouseId, reportId, takenAt, clock.now(), digest));
    return begun.length > 0;
  },
  announce: async (part) => {
    await writeDown(database, clock, part);
    return othersOf(database, clock, part);
  },
  finish: async ({ accountId, warehouseId, reportId }) => {
    const tooOld = plusMs(clock.now(), -keptMs);
    await database.query(
      sql(
        `with done as (delete from reports_under_way where account_id = $1 and warehouse_id = $2 and (report_id = $3 or seen_at < $4))
         delete from skus_spoken_of where account_id = $1 and warehouse_id = $2 and taken_at < $4`,
        ...[accountId, warehouseId, reportId, tooOld],
      ),
    );
  },
  since: async ({ accountId, warehouseId, sku, at }: Happened) => {
    const [found] = await database.query<QuietReport>(sql(sinceText, accountId, warehouseId, at, skuKey(sku)));
    return found ?? null;
  },
});

/** On its own and committed before the question: of two that announce at once at least one sees the other. */
const writeDown = async (database: Queryable, clock: Clock, { skus, ...part }: Announced): Promise<void> => {
  const keys = keysOf(skus);
  const setId = createHash('sha256').update(JSON.stringify(keys)).digest('hex');
  const { accountId, warehouseId, reportId, takenAt, source, meaning } = part;
  await database.query(
    sql(
      announceText,
      ...[accountId, warehouseId, reportId, takenAt, clock.now(), setId, keys],
      ...[keys[0] ?? '', keys.at(-1) ?? '', source, meaning],
    ),
  );
};

const othersOf = async (database: Queryable, clock: Clock, { accountId, warehouseId, takenAt, skus }: Announced): Promise<OtherReports> => {
  const keys = keysOf(skus);
  const rows = await database.query<OtherRow>(
    sql(othersText, ...[accountId, warehouseId, takenAt, keys[0] ?? '', keys.at(-1) ?? '', keys, plusMs(clock.now(), -underWayMs)]),
  );
  return {
    younger: new Map(rows.flatMap(({ key, ...found }) => (key === null ? [] : [[key, found] as const]))),
    olderUnderWay: rows.some(({ key }) => key === null),
  };
};
