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
} from './purchase-order/purchase-order.events';
export type { PurchaseOrderRejection } from './purchase-order/purchase-order.rejections';
export type { PurchaseOrder, PurchaseOrderStatus } from './purchase-order/purchase-order.state';
