import { sql, type TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';

export type PurchaseOrderRow = {
  readonly purchase_order_id: string;
  readonly number: string;
  readonly supplier_code: string;
  readonly supplier_name: string;
  readonly warehouse_id: string;
  readonly expected_at: string | null;
  readonly cancel_after: string | null;
  readonly reference: string | null;
  readonly status: string;
  readonly short_received: boolean;
  readonly warnings: readonly { readonly code: string; readonly lineId?: string; readonly line?: string; readonly excess?: number }[];
  readonly ended_reason: string | null;
  readonly export_status: 'none' | 'begun' | 'accepted' | 'refused';
  readonly export_begun_at: string | null;
  readonly exported_at: string | null;
  readonly external_id: string | null;
  readonly export_failure: string | null;
  readonly take_back: 'wanted' | 'cancelled' | 'requested' | 'refused' | null;
  readonly take_back_reason: string | null;
  readonly created_at: string;
  readonly revision: number;
  readonly position: string;
};

export type LineRow = {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly received: number;
  readonly lot: string | null;
  readonly serial: string | null;
};

export type ReceiptRow = {
  readonly receiptId: string | null;
  readonly line: string;
  readonly lineId: string | null;
  readonly notBookedBecause: string | null;
  readonly sku: string;
  readonly quantity: number;
  readonly receivedAt: string;
};

const columns = `purchase_order_id, number, supplier_code, supplier_name, warehouse_id, expected_at, cancel_after, reference, status, short_received, warnings, ended_reason, export_status, export_begun_at, exported_at, external_id, export_failure, take_back, take_back_reason, created_at, revision, position`;

export type OrderFilter = {
  readonly status: string | null;
  readonly warehouseId: string | null;
  readonly supplier: string | null;
  readonly number: string | null;
  readonly exportFailed: boolean | null;
};

/** Orders in the order in which they last changed: a client that reads on misses nothing. One more than asked for. */
export const readPurchaseOrders = (
  reader: TenantReader,
  accountId: AccountId,
  filter: OrderFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly PurchaseOrderRow[]> =>
  reader.readAs<PurchaseOrderRow>(
    { kind: 'account', accountId },
    sql(
      `select ${columns} from purchase_orders_v2
        where account_id = $1 and ($2::text is null or status = $2) and ($3::uuid is null or warehouse_id = $3) and ($4::text is null or supplier_code = $4)
          and ($5::text is null or number = $5) and ($6::text is null or position > $6) and ($7::boolean is null or (export_status = 'refused') = $7)
        order by position limit $8`,
      ...[accountId, filter.status, filter.warehouseId, filter.supplier, filter.number, page.after, filter.exportFailed, page.limit + 1],
    ),
  );

export type WholeOrder = { readonly order: PurchaseOrderRow; readonly lines: readonly LineRow[]; readonly receipts: readonly ReceiptRow[] };

/** One order with its lines and everything that was received for it, as of one moment; `null` where there is none. */
export const readPurchaseOrder = async (
  reader: TenantReader,
  accountId: AccountId,
  purchaseOrderId: string,
): Promise<WholeOrder | null> => {
  const rows = await reader.readAs<PurchaseOrderRow & Pick<WholeOrder, 'lines' | 'receipts'>>(
    { kind: 'account', accountId },
    sql(
      `select ${columns},
              (select coalesce(json_agg(json_build_object('lineId', l.line_id, 'sku', l.sku, 'quantity', l.quantity, 'received', l.received, 'lot', l.lot, 'serial', l.serial) order by l.place), '[]')
                 from purchase_order_lines_v2 l where l.account_id = o.account_id and l.purchase_order_id = o.purchase_order_id) as lines,
              (select coalesce(json_agg(json_build_object('receiptId', r.receipt_id, 'line', r.line, 'lineId', r.line_id, 'notBookedBecause', r.not_booked_because, 'sku', r.sku,
                        'quantity', r.quantity, 'receivedAt', to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by r.position, r.place), '[]')
                 from purchase_order_receipts_v2 r where r.account_id = o.account_id and r.purchase_order_id = o.purchase_order_id) as receipts
         from purchase_orders_v2 o where account_id = $1 and purchase_order_id = $2`,
      accountId,
      purchaseOrderId,
    ),
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { lines, receipts, ...order } = row;
  return { order, lines, receipts };
};
