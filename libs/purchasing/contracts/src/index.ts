export { purchaseOrderEventsTopic } from './purchase-order-events-topic';
export { purchaseOrderApprovedV1, type PurchaseOrderApprovedV1 } from './purchase-order-approved.v1';
export { goodsReceivedV1, type GoodsReceivedV1 } from './goods-received.v1';
export { purchaseOrderClosedV1, type PurchaseOrderClosedV1 } from './purchase-order-closed.v1';
