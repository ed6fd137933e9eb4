import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { ItemEvent } from '@stockproof/stock-domain';
import { latenessMax, stretchClass } from '../stock-movements/lateness';
import { promisesInBatch, type EndedAttempt, type EndedPart, type Promised } from './promises-in-batch';

const handles: readonly ItemEvent['type'][] = ['UnitsGranted', 'GrantClosed', 'UnitsShipped', 'UnitsReleased'];

const earlier = (one: string, other: string): string => (one < other ? one : other);

const columns: readonly (readonly [name: string, type: string, value: (row: Promised) => unknown])[] = [
  ['account_id', 'uuid', (row) => row.accountId],
  ['sku_key', 'text', (row) => row.key],
  ['sku', 'text', (row) => row.sku],
  ['warehouse_id', 'uuid', (row) => row.granted.warehouseId],
  ['allocation_id', 'text', (row) => row.granted.allocationId],
  ['order_id', 'text', (row) => row.orderId],
  ['attempt', 'integer', (row) => row.attempt],
  ['line_id', 'text', (row) => row.granted.lineId],
  ['shipment_id', 'text', (row) => row.granted.shipmentId],
  ['kind', 'text', (row) => row.kind],
  ['quantity', 'bigint', (row) => row.quantity],
  ['from_position', 'text', (row) => row.position],
  ['from_at', 'timestamptz', (row) => row.at],
  ['until_position', 'text', ({ end }) => end?.position ?? null],
  ['until_at', 'timestamptz', ({ end }) => end?.at ?? null],
  ['until_recorded_at', 'timestamptz', ({ end }) => end?.recordedAt ?? null],
  ['ended_by', 'text', ({ end }) => end?.by ?? null],
  ['since', 'timestamptz', ({ at, end }) => (end ? earlier(at, end.at) : at)],
  ['lasted', 'smallint', ({ at, end }) => (end ? (stretchClass(earlier(at, end.at), end.recordedAt) ?? 0) : null)],
];

const kept = 'account_id, sku_key, sku, warehouse_id, allocation_id, order_id, attempt, line_id, shipment_id, kind';
const sinceThen = 'least(p.from_at, u.at)';
/** `stretchClass` in SQL: Postgres alone knows since when the promise stood. */
const lastedThen = `(select count(*) from generate_series(1, ${latenessMax}) n
  where 1::bigint << (2 * n) <= extract(epoch from u.recorded_at - ${sinceThen}) * 1000)::smallint`;
const ends = 'unnest($1::uuid[], $2::text[]';

const endParts = (parts: readonly EndedPart[]): readonly Statement[] => {
  const accounts = parts.map((part) => part.accountId);
  const keys = parts.map((part) => part.key);
  const allocations = parts.map((part) => part.allocationId);
  const quantities = parts.map((part) => part.quantity);
  return [
    sql(
      `insert into stock_promises_v1 (${kept}, quantity, from_position, from_at, until_position, until_at, until_recorded_at, ended_by, since, lasted)
       select ${kept
         .split(', ')
         .map((name) => `p.${name}`)
         .join(', ')}, u.quantity, p.from_position, p.from_at, u.position, u.at, u.recorded_at, u.ended_by, ${sinceThen}, ${lastedThen}
         from ${ends}, $3::text[], $4::bigint[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[]) u(a, k, allocation_id, quantity, position, at, recorded_at, ended_by)
         join stock_promises_v1 p on p.account_id = u.a and p.sku_key = u.k and p.allocation_id = u.allocation_id and p.until_position is null`,
      ...[accounts, keys, allocations, quantities],
      ...endColumns(parts),
    ),
    sql(
      `update stock_promises_v1 p set quantity = p.quantity - u.quantity
         from (select a, k, allocation_id, sum(quantity) as quantity from ${ends}, $3::text[], $4::bigint[]) e(a, k, allocation_id, quantity) group by 1, 2, 3) u
        where p.account_id = u.a and p.sku_key = u.k and p.allocation_id = u.allocation_id and p.until_position is null`,
      ...[accounts, keys, allocations, quantities],
    ),
    sql(
      `delete from stock_promises_v1 p using ${ends}, $3::text[]) u(a, k, allocation_id)
        where p.account_id = u.a and p.sku_key = u.k and p.allocation_id = u.allocation_id and p.until_position is null and p.quantity <= 0`,
      ...[accounts, keys, allocations],
    ),
  ];
};

const endAttempts = (attempts: readonly EndedAttempt[]): Statement =>
  sql(
    `update stock_promises_v1 p set until_position = u.position, until_at = u.at, until_recorded_at = u.recorded_at, ended_by = u.ended_by,
            since = ${sinceThen}, lasted = ${lastedThen}
       from ${ends}, $3::text[], $4::integer[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[]) u(a, k, order_id, attempt, position, at, recorded_at, ended_by)
      where p.account_id = u.a and p.sku_key = u.k and p.order_id = u.order_id and p.attempt = u.attempt and p.until_position is null`,
    attempts.map((each) => each.accountId),
    attempts.map((each) => each.key),
    attempts.map((each) => each.orderId),
    attempts.map((each) => each.attempt),
    ...endColumns(attempts),
  );

const endColumns = (ended: readonly (EndedPart | EndedAttempt)[]): readonly (readonly string[])[] => [
  ended.map(({ end }) => end.position),
  ended.map(({ end }) => end.at),
  ended.map(({ end }) => end.recordedAt),
  ended.map(({ end }) => end.by),
];

const addFresh = (fresh: readonly Promised[]): Statement =>
  sql(
    `insert into stock_promises_v1 (${columns.map(([name]) => name).join(', ')})
     select * from unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})`,
    ...columns.map(([, , value]) => fresh.map(value)),
  );

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const { parts, attempts, fresh } = promisesInBatch(events);
  return [
    ...(parts.length === 0 ? [] : endParts(parts)),
    ...(attempts.length === 0 ? [] : [endAttempts(attempts)]),
    ...(fresh.length === 0 ? [] : [addFresh(fresh)]),
  ];
};

/** The orders behind each promised unit, now and then. */
export const stockPromisesProjection: Projection = {
  name: 'stock-promises',
  version: 1,
  ddl: readFileSync(join(__dirname, 'stock-promises.sql'), 'utf8'),
  handles,
  project,
};
