import type { RecordedEvent } from '@stockproof/event-store';
import { sql, type Statement } from '@stockproof/sql';
import { skuKey } from '@stockproof/vocabulary';
import { stockEventOf } from '../stock-event';

type Change = { readonly accountId: string; readonly key: string; readonly position: string; readonly nth: number };

/** Counts on for each SKU that these events change, one for each event that changes a figure, in the order of the log. */
export const countChanges = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const counts = new Map<string, number>();
  const changes = events.flatMap((event): readonly Change[] => {
    const { accountId, sku, changes: figures } = stockEventOf(event);
    if (figures.length === 0) return [];
    const key = skuKey(sku);
    const nth = (counts.get(`${accountId} ${key}`) ?? 0) + 1;
    counts.set(`${accountId} ${key}`, nth);
    return [{ accountId, key, position: event.position, nth }];
  });
  return changes.length === 0 ? [] : [countOn(changes)];
};

const countOn = (changes: readonly Change[]): Statement =>
  sql(
    `with said as (select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[]) u(account_id, sku_key, position, nth)),
     counted as (
       insert into stock_level_counts_v1 as c (account_id, sku_key, sequence)
       select account_id, sku_key, max(nth) from said group by account_id, sku_key
       on conflict (account_id, sku_key) do update set sequence = c.sequence + excluded.sequence
       returning account_id, sku_key, sequence),
     before as (
       select c.account_id, c.sku_key, c.sequence - max(s.nth) as sequence
         from counted c join said s on s.account_id = c.account_id and s.sku_key = c.sku_key group by c.account_id, c.sku_key, c.sequence)
     insert into stock_level_changes_v1 (account_id, position, sku_key, sequence)
     select s.account_id, s.position, s.sku_key, b.sequence + s.nth
       from said s join before b on b.account_id = s.account_id and b.sku_key = s.sku_key`,
    changes.map(({ accountId }) => accountId),
    changes.map(({ key }) => key),
    changes.map(({ position }) => position),
    changes.map(({ nth }) => nth),
  );
