import type { FulfillmentCapability, FulfillmentChannel, WarehouseFact } from '@stockproof/fulfillment-channel';
import type { PeerCalls } from './peer-calls';
import { parseSignedPush, type FactReaders } from './signed-push';
import { product } from './wire/shop-wire';
import { receipt, shipmentUpdate, stockLevels } from './wire/warehouse-wire';

const capabilities: readonly FulfillmentCapability[] = [
  'send-shipments',
  'cancel-shipments',
  'fetch-shipment-updates',
  'send-purchase-orders',
  'cancel-purchase-orders',
  'fetch-receipts',
  'fetch-stock-levels',
  'send-products',
  'import-products',
];

const pushed: FactReaders<WarehouseFact> = {
  'shipment-update': shipmentUpdate.transform((update): WarehouseFact => ({ kind: 'shipment-update', update })),
  receipt: receipt.transform((read): WarehouseFact => ({ kind: 'receipt', receipt: read })),
  'stock-levels': stockLevels.transform((report): WarehouseFact => ({ kind: 'stock-levels', report })),
};

const named = encodeURIComponent;

/** A warehouse system that speaks the generic protocol; without a push secret it cannot push. */
export const warehouseChannel = (calls: PeerCalls, pushSecrets: readonly string[]): FulfillmentChannel => ({
  capabilities: new Set<FulfillmentCapability>(pushSecrets.length === 0 ? capabilities : [...capabilities, 'push']),
  sendShipment: (shipment, effect) => calls.handOver('/shipments', shipment, effect),
  cancelShipment: ({ shipmentId }, effect) => calls.takeBack(`/shipments/${named(shipmentId)}/cancel`, effect),
  fetchShipmentUpdates: (cursor) => calls.readPage('/shipment-updates', shipmentUpdate, cursor),
  sendPurchaseOrder: (order, effect) => calls.handOver('/purchase-orders', order, effect),
  cancelPurchaseOrder: ({ purchaseOrderId }, effect) => calls.takeBack(`/purchase-orders/${named(purchaseOrderId)}/cancel`, effect),
  fetchReceipts: (cursor) => calls.readPage('/receipts', receipt, cursor),
  fetchStockLevels: () => calls.readOne('/stock-levels', stockLevels),
  sendProducts: (products, effect) => calls.handOver('/products', { products }, effect),
  importProducts: (cursor) => calls.readPage('/products', product, cursor),
  parsePush: parseSignedPush(pushSecrets, pushed),
});
