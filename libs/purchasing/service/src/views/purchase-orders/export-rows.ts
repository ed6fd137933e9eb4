import type { PurchaseOrderEvent } from '@stockproof/purchasing-domain';
import { sql, type Statement } from '@stockproof/sql';

type Noted = { readonly accountId: string; readonly id: string; readonly event: PurchaseOrderEvent };

/** What the warehouse knows of an order after an event; most say nothing of it. */
export const exportRows = ({ accountId, id, event }: Noted): readonly Statement[] => {
  const set = (assignments: string, ...values: readonly (string | null)[]): readonly Statement[] => [
    sql(`update purchase_orders_v2 set ${assignments} where account_id = $1 and purchase_order_id = $2`, accountId, id, ...values),
  ];
  switch (event.type) {
    case 'PurchaseOrderUnlocked':
      return set(`export_status = 'none', export_begun_at = null, export_failure = null`);
    case 'PurchaseOrderExportBegun':
      return set(`export_status = 'begun', export_begun_at = $3, export_failure = null`, event.data.decidedAt);
    case 'PurchaseOrderExportAccepted':
      return set(`export_status = 'accepted', exported_at = $3, external_id = $4`, event.data.decidedAt, event.data.externalId);
    case 'PurchaseOrderExportRefused':
      // What the warehouse never took need not be taken back.
      return set(`export_status = 'refused', export_failure = $3, take_back = null`, event.data.reason);
    case 'PurchaseOrderCancelled':
      return set(`take_back = case when export_status in ('begun', 'accepted') then 'wanted' end`);
    case 'PurchaseOrderTakeBackAnswered':
      return set('take_back = $3, take_back_reason = $4', event.data.outcome, event.data.reason);
    case 'PurchaseOrderDrafted':
    case 'PurchaseOrderCorrected':
    case 'PurchaseOrderApproved':
    case 'PurchaseOrderReceived':
    case 'ReceiptBooked':
    case 'ReceiptNotUnderstood':
      return [];
  }
};
