import { sql, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';
import { countedBy, type Moments } from '../../past/moments';
import { latenessMax, stretchBegin } from '../stock-movements/lateness';

export type StockPromiseRow = {
  readonly sku: string;
  readonly warehouse_id: string;
  readonly warehouse_code: string | null;
  readonly order_id: string;
  readonly order_number: string | null;
  readonly attempt: number;
  readonly line_id: string;
  readonly shipment_id: string;
  readonly allocation_id: string;
  readonly kind: 'allocated' | 'held';
  readonly quantity: number;
  readonly promised_at: string;
};

export type PromisePlace = { readonly warehouseId: string; readonly allocationId: string; readonly kind: string };
export type PromiseFilter = { readonly sku: string; readonly warehouseId: string | null };

/**
 * Promises that stood at the later-most moment that both times leave open, found like late rows: what is open by when it began, what has
 * ended class by class of how long it stood. What had begun but not ended by then, as known, counts; what was said to have left before it
 * was promised counts against it in between, as it does in the figures. `offset 0` keeps the planner from joining all classes at once,
 * for which it reads the whole history.
 */
const promises = `
  with places as materialized (
    select b.warehouse_id from stock_balances_v2 b
     where b.account_id = $1 and b.sku_key = $2
       and ($6::uuid is null or b.warehouse_id = $6 or b.warehouse_id in (
         select s.member_id from stock_member_spells_v2 s
          where s.account_id = $1 and s.warehouse_id = $6 and s.from_position <= $7 and (s.until_position is null or s.until_position > $7)))),
  standing as (
    select o.* from places w cross join lateral (
      select p.* from stock_promises_v1 p
       where p.account_id = $1 and p.sku_key = $2 and p.warehouse_id = w.warehouse_id and p.until_position is null
         and p.since <= $5::timestamptz offset 0) o
    union all
    select e.* from places w cross join generate_series(0, ${latenessMax}) n cross join lateral (
      select p.* from stock_promises_v1 p
       where p.account_id = $1 and p.sku_key = $2 and p.warehouse_id = w.warehouse_id and p.until_position is not null
         and p.lasted = n::smallint and p.since <= $5::timestamptz and p.since > ${stretchBegin('$5::timestamptz', 'n')}
         and p.until_recorded_at >= $5::timestamptz offset 0) e),
  counted as (
    select s.*, case when s.from_position <= $4 and s.from_at <= $3::timestamptz then 1 else 0 end
              - case when s.until_position <= $4 and s.until_at <= $3::timestamptz then 1 else 0 end as times
      from standing s)
  select min(c.sku) as sku, c.warehouse_id, w.code as warehouse_code, c.order_id, a.order_number, c.attempt, c.line_id, c.shipment_id,
         c.allocation_id, c.kind, sum(c.times * c.quantity)::bigint as quantity, max(c.from_at) as promised_at
    from counted c
    left join stock_ledger_warehouses_v2 w on w.account_id = $1 and w.warehouse_id = c.warehouse_id
    left join stock_allocations_v2 a on a.account_id = $1 and a.order_id = c.order_id and a.attempt = c.attempt
   where c.times <> 0 and ($8::uuid is null or (c.warehouse_id, c.allocation_id, c.kind) > ($8, $9, $10))
   group by c.warehouse_id, w.code, c.order_id, a.order_number, c.attempt, c.line_id, c.shipment_id, c.allocation_id, c.kind
  having sum(c.times * c.quantity) <> 0
   order by c.warehouse_id, c.allocation_id, c.kind
   limit $11`;

/** Which orders had the allocated and held units of one SKU, by warehouse and allocation. One more than asked. */
export const readPromises = async (
  reader: TenantReader,
  { accountId, moments }: { readonly accountId: AccountId; readonly moments: Moments },
  filter: PromiseFilter,
  page: { readonly after: PromisePlace | null; readonly limit: number },
): Promise<readonly StockPromiseRow[]> => {
  const { balanceAt, knownUntil, happenedBy } = countedBy(moments);
  const { knownRecordedAt } = moments;
  if (knownRecordedAt === null) return [];
  const stoodAt = happenedBy < knownRecordedAt ? happenedBy : knownRecordedAt;
  return reader.readAs<StockPromiseRow>(
    { kind: 'account', accountId },
    sql(
      promises,
      ...[accountId, skuKey(filter.sku), happenedBy, knownUntil, stoodAt, filter.warehouseId, balanceAt],
      ...[page.after?.warehouseId ?? null, page.after?.allocationId ?? null, page.after?.kind ?? null, page.limit + 1],
    ),
  );
};
