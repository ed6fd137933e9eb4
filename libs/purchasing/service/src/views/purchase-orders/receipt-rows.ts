import type { PurchaseOrderEvent } from '@stockproof/purchasing-domain';
import { sql, type Statement } from '@stockproof/sql';

type Receipt = Extract<PurchaseOrderEvent, { readonly type: 'ReceiptBooked' | 'ReceiptNotUnderstood' }>;
type Place = { readonly accountId: string; readonly id: string; readonly position: string };

/** Every line of a receipt, booked or not, as it was said. */
export const receiptRows = ({ accountId, id, position }: Place, { data }: Receipt): readonly Statement[] => [
  sql(
    `insert into purchase_order_receipts_v2 (account_id, purchase_order_id, position, receipt_id, received_at, place, line, line_id, not_booked_because, sku, quantity)
     select $1, $2, $3, $4, $5, u.* from unnest($6::integer[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[]) u`,
    ...[accountId, id, position, data.receiptId, data.at],
    data.lines.map((_, index) => index),
    data.lines.map((line) => line.line),
    data.lines.map((line) => line.lineId),
    data.lines.map((line) => ('because' in line ? line.because : null)),
    data.lines.map((line) => line.sku),
    data.lines.map((line) => line.quantity),
  ),
];
