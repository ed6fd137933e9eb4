import { sql, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId, type Instant } from '@stockproof/vocabulary';

export const movedQuantities = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;
type Moved = (typeof movedQuantities)[number];

export type StockMovementRow = {
  readonly position: string;
  readonly ordinal: number;
  readonly event_id: string;
  readonly sku: string;
  readonly warehouse_id: string;
  readonly cause: string;
  readonly effective_at: string;
  readonly recorded_at: string;
  readonly actor: string;
  readonly order_id: string | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly note: string | null;
} & { readonly [name in Moved | `${Moved}_after`]: number };

export type MovementPlace = { readonly recordedAt: Instant; readonly position: string; readonly ordinal: number };

/** What is `null` does not narrow. Periods begin with their first moment and end before their second. */
export type MovementFilter = {
  readonly sku: string | null;
  readonly warehouseId: string | null;
  readonly causes: readonly string[] | null;
  readonly orderId: string | null;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly recordedFrom: Instant | null;
  readonly recordedUntil: Instant | null;
  readonly effectiveFrom: Instant | null;
  readonly effectiveUntil: Instant | null;
};

const columns = `m.position, m.ordinal, m.event_id, m.sku, m.warehouse_id, m.cause, m.effective_at, m.recorded_at,
  ${movedQuantities.map((name) => `m.${name}, m.${name}_after`).join(', ')}, m.actor, m.order_id, m.reference, m.reason, m.note`;

const narrowed = `
  ($3::uuid is null or m.warehouse_id = $3) and ($4::text[] is null or m.cause = any($4)) and ($5::text is null or m.order_id = $5)
  and ($6::text is null or m.reason = $6) and ($7::text is null or m.actor = $7)
  and ($8::timestamptz is null or m.recorded_at >= $8) and ($9::timestamptz is null or m.recorded_at < $9)
  and ($10::timestamptz is null or m.effective_at >= $10) and ($11::timestamptz is null or m.effective_at < $11)
  and ($15::text is null or m.position <= $15)`;

/** Nothing takes effect long after it was recorded: what took effect from a moment on was recorded after about then. */
const all = `
  select ${columns} from stock_movements_v2 m
   where m.account_id = $1 and $2::text is null and ${narrowed}
     and ($10::timestamptz is null or m.recorded_at >= $10::timestamptz - interval '1 day')
     and ($12::timestamptz is null or (m.recorded_at, m.position, m.ordinal) > ($12, $13, $14::integer))
   order by m.recorded_at, m.position, m.ordinal limit $16`;

/** The first rows of each warehouse, put together: each comes from its own stretch of the index by place. */
const ofOneSku = `
  select ${columns} from stock_balances_v2 b
    cross join lateral (
      select m.* from stock_movements_v2 m
       where m.account_id = $1 and m.sku_key = $2 and m.warehouse_id = b.warehouse_id and ${narrowed}
         and m.position > coalesce((select e.position from stock_movements_v2 e where e.account_id = $1 and e.recorded_at < $8::timestamptz
                                     order by e.recorded_at desc, e.position desc limit 1), '')
         and ($12::timestamptz is null or (m.position, m.ordinal) > ($13, $14::integer))
       order by m.position, m.ordinal limit $16) m
   where b.account_id = $1 and b.sku_key = $2 and ($3::uuid is null or b.warehouse_id = $3)
   order by m.position, m.ordinal limit $16`;

export type MovementPage = {
  readonly after: MovementPlace | null;
  /** Nothing beyond this place: a list that grows while it is read has an end all the same. */
  readonly upTo?: string;
  readonly rows: number;
};

/** Changes in the order in which they were recorded. */
export const readMovements = (
  reader: TenantReader,
  accountId: AccountId,
  filter: MovementFilter,
  { after, upTo, rows }: MovementPage,
): Promise<readonly StockMovementRow[]> =>
  reader.readAs<StockMovementRow>(
    { kind: 'account', accountId },
    sql(
      filter.sku === null ? all : ofOneSku,
      accountId,
      filter.sku === null ? null : skuKey(filter.sku),
      ...[filter.warehouseId, filter.causes, filter.orderId, filter.reason, filter.actor],
      ...[filter.recordedFrom, filter.recordedUntil, filter.effectiveFrom, filter.effectiveUntil],
      ...[after?.recordedAt ?? null, after?.position ?? null, after?.ordinal ?? null, upTo ?? null, rows],
    ),
  );
