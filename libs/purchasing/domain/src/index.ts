export type { PurchaseOrderCommand, ReceivedLine } from './purchase-order/purchase-order.commands';
export { purchaseOrderDecider } from './purchase-order/purchase-order.decider';
export type {
  BookedLine,
  Content,
  LineQuantity,
  OrderLine,
  PurchaseOrderEvent,
  ReceiptNotUnderstood,
  ReceiptWarning,
  Supplier,
  TakeBackOutcome,
} from './purchase-order/purchase-order.events';
export type { PurchaseOrderRejection } from './purchase-order/purchase-order.rejections';
export { isToBeTakenBack } from './purchase-order/purchase-order.exporting';
export type { PurchaseOrder, PurchaseOrderStatus } from './purchase-order/purchase-order.state';
export type { UnexplainedReceiptCommand } from './unexplained-receipt/unexplained-receipt.commands';
export { unexplainedReceiptDecider } from './unexplained-receipt/unexplained-receipt.decider';
export type { Unexplained, UnexplainedLine, UnexplainedReceiptEvent } from './unexplained-receipt/unexplained-receipt.events';
export type { UnexplainedReceiptRejection } from './unexplained-receipt/unexplained-receipt.rejections';
export type { UnexplainedReceipt } from './unexplained-receipt/unexplained-receipt.state';
