import { sql, type Queryable, type TenantReader } from '@stockproof/sql';
import type { AccountId, Instant } from '@stockproof/vocabulary';

type Id = { readonly purchase_order_id: string };

/** Approved orders that their warehouse has not been told of, and those of which the answer is out. The view may lag; the stream knows. */
export const readOrdersToExport = async (
  worker: Queryable,
  accountId: AccountId,
  warehouseId: string,
  limit: number,
): Promise<readonly string[]> =>
  idsOf(
    await worker.query<Id>(
      sql(
        `select purchase_order_id from purchase_orders_v2
          where account_id = $1 and warehouse_id = $2 and ((status = 'approved' and export_status = 'none') or export_status = 'begun') order by position limit $3`,
        ...[accountId, warehouseId, limit],
      ),
    ),
  );

/** Cancelled orders that the warehouse accepted and has not answered for. */
export const readOrdersToTakeBack = async (
  worker: Queryable,
  accountId: AccountId,
  warehouseId: string,
  limit: number,
): Promise<readonly string[]> =>
  idsOf(
    await worker.query<Id>(
      sql(
        `select purchase_order_id from purchase_orders_v2
          where account_id = $1 and warehouse_id = $2 and take_back = 'wanted' and export_status = 'accepted' order by position limit $3`,
        ...[accountId, warehouseId, limit],
      ),
    ),
  );

const idsOf = (rows: readonly Id[]): readonly string[] => rows.map(({ purchase_order_id }) => purchase_order_id);

export type OverdueOrder = { readonly account_id: string; readonly organization_id: string; readonly purchase_order_id: string };

/** Orders whose last date is there and of which nothing has come, in all accounts. */
export const readOverdueOrders = (worker: Queryable, now: Instant, limit: number): Promise<readonly OverdueOrder[]> =>
  worker.query<OverdueOrder>(
    sql(
      `select account_id, organization_id, purchase_order_id from purchase_orders_v2
        where cancel_after <= $1 and status in ('draft', 'approved', 'receiving') and receipts = 0 order by cancel_after limit $2`,
      now,
      limit,
    ),
  );

export type NumberedOrder = { readonly purchase_order_id: string; readonly warehouse_id: string; readonly status: string };

/** Every order of the account with this number; a number is no key, for people may use one twice. */
export const readOrdersNumbered = (reader: TenantReader, accountId: AccountId, number: string): Promise<readonly NumberedOrder[]> =>
  reader.readAs<NumberedOrder>(
    { kind: 'account', accountId },
    sql(
      'select purchase_order_id, warehouse_id, status from purchase_orders_v2 where account_id = $1 and number = $2 order by created_at, purchase_order_id limit 100',
      accountId,
      number,
    ),
  );
