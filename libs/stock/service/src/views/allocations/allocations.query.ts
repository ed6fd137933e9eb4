import { sql, type Queryable, type TenantReader } from '@stockproof/sql';
import { plusMs, type AccountId, type Instant } from '@stockproof/vocabulary';

export type AllocationRow = {
  readonly order_id: string;
  readonly attempt: number;
  readonly kind: 'allocate' | 'hold' | 'move' | null;
  readonly order_number: string | null;
  readonly order_date: string | null;
  readonly status: string;
  readonly plan: number;
  readonly units: readonly {
    allocationId: string;
    shipmentId: string;
    lineId: string;
    sku: string;
    warehouseId: string;
    quantity: number;
  }[];
  readonly missing: readonly { lineId: string; sku: string; quantity: number }[];
  readonly reasons: readonly string[];
  readonly behind: {
    readonly orderId: string;
    readonly orderNumber: string | null;
    readonly attempt: number;
    readonly skus: readonly string[];
  } | null;
  readonly revision: number;
  readonly decided_at: string;
  readonly position: string;
};

export type AllocationFilter = { readonly orderId: string | null; readonly status: string | null };

/** Attempts in the order in which they last changed; behind another only while that still waits. */
export const readAllocations = (
  reader: TenantReader,
  accountId: AccountId,
  filter: AllocationFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly AllocationRow[]> =>
  reader.readAs<AllocationRow>(
    { kind: 'account', accountId },
    sql(
      `select a.order_id, a.attempt, a.kind, a.order_number, a.order_date, a.status, a.plan, a.units, a.missing, a.reasons, a.revision, a.decided_at, a.position,
              case when b.order_id is not null then a.behind || jsonb_build_object('orderNumber', b.order_number) end as behind
         from stock_allocations_v2 a
         left join stock_allocations_v2 b
           on b.account_id = a.account_id and b.order_id = a.behind ->> 'orderId' and b.attempt = (a.behind ->> 'attempt')::integer and b.status in ('requested', 'waiting')
        where a.account_id = $1 and ($2::text is null or a.order_id = $2) and ($3::text is null or a.status = $3) and ($4::text is null or a.position > $4)
        order by a.position limit $5`,
      accountId,
      filter.orderId,
      filter.status,
      page.after,
      page.limit + 1,
    ),
  );

export type OverduePlan = {
  readonly organizationId: string;
  readonly accountId: string;
  readonly orderId: string;
  readonly attempt: number;
  readonly revision: number;
};

/** How many plans of all accounts have no outcome yet, and since when the first of them. */
export const readOpenPlans = async (database: Queryable): Promise<{ readonly count: number; readonly oldest: Instant | null }> => {
  const [row] = await database.query<{ count: number; oldest: Instant | null }>(
    sql('select count(*)::int as count, min(plan_open_since) as oldest from stock_allocations_v2 where plan_open_since is not null'),
  );
  return row ?? { count: 0, oldest: null };
};

/** Plans that have had no outcome for this long, oldest first. */
export const readOverduePlans = async (database: Queryable, now: Instant, overdueMs: number): Promise<readonly OverduePlan[]> => {
  const rows = await database.query<{ organization_id: string; account_id: string; order_id: string; attempt: number; revision: number }>(
    sql(
      `select organization_id, account_id, order_id, attempt, revision from stock_allocations_v2
        where plan_open_since < $1 order by plan_open_since limit 500`,
      plusMs(now, -overdueMs),
    ),
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    accountId: row.account_id,
    orderId: row.order_id,
    attempt: row.attempt,
    revision: row.revision,
  }));
};
