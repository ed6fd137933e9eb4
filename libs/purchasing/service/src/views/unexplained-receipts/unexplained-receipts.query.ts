import type { UnexplainedLine } from '@stockproof/purchasing-domain';
import { sql, type Queryable, type TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';

export type UnexplainedReceiptRow = {
  readonly unexplained_receipt_id: string;
  readonly warehouse_id: string;
  readonly external_receipt_id: string | null;
  readonly purchase_order_id: string | null;
  readonly purchase_order_number: string | null;
  readonly received_at: string;
  readonly lines: readonly UnexplainedLine[];
  readonly unreadable: { readonly original: unknown; readonly problem: string } | null;
  readonly status: string;
  readonly assigned_to: string | null;
  readonly reason: string | null;
  readonly created_at: string;
  readonly position: string;
};

const columns =
  'unexplained_receipt_id, warehouse_id, external_receipt_id, purchase_order_id, purchase_order_number, received_at, lines, unreadable, status, assigned_to, reason, created_at, position';

export type ReceiptFilter = { readonly status: string | null; readonly warehouseId: string | null };

/** In the order in which they last changed; one more than asked for. */
export const readUnexplainedReceipts = (
  reader: TenantReader,
  accountId: AccountId,
  filter: ReceiptFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly UnexplainedReceiptRow[]> =>
  reader.readAs<UnexplainedReceiptRow>(
    { kind: 'account', accountId },
    sql(
      `select ${columns} from unexplained_receipts_v1
        where account_id = $1 and ($2::text is null or status = $2) and ($3::uuid is null or warehouse_id = $3) and ($4::text is null or position > $4)
        order by position limit $5`,
      ...[accountId, filter.status, filter.warehouseId, page.after, page.limit + 1],
    ),
  );

export type AssignedReceipt = { readonly account_id: string; readonly organization_id: string; readonly unexplained_receipt_id: string };

/** Assigned to an order and, as far as this view knows, not booked there yet, in all accounts. */
export const readAssignedReceipts = (worker: Queryable, limit: number): Promise<readonly AssignedReceipt[]> =>
  worker.query<AssignedReceipt>(
    sql(
      `select account_id, organization_id, unexplained_receipt_id from unexplained_receipts_v1 where status = 'assigned' order by position limit $1`,
      limit,
    ),
  );
