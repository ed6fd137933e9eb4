import type { FulfillmentCapability } from './fulfillment-channel';
import { cancellingPurchaseOrders, fetchingReceipts, fetchingStockLevels, sendingPurchaseOrders } from './testing/goods-in.suite';
import { importingProducts, sendingProducts } from './testing/products.suite';
import { parsingPushes } from './testing/push.suite';
import { cancellingShipments, fetchingShipmentUpdates, sendingShipments } from './testing/shipments.suite';
import type { WarehousePeer } from './testing/warehouse-peer';

export { aProduct, aPurchaseOrder, aShipment, anEffect, type Fate, type WarehousePeer } from './testing/warehouse-peer';

const cases: Readonly<Record<FulfillmentCapability, (peer: () => WarehousePeer) => void>> = {
  'send-shipments': sendingShipments,
  'cancel-shipments': cancellingShipments,
  'fetch-shipment-updates': fetchingShipmentUpdates,
  'send-purchase-orders': sendingPurchaseOrders,
  'cancel-purchase-orders': cancellingPurchaseOrders,
  'fetch-receipts': fetchingReceipts,
  'fetch-stock-levels': fetchingStockLevels,
  'send-products': sendingProducts,
  'import-products': importingProducts,
  push: parsingPushes,
};

/** What every connector to a warehouse must keep, for the capabilities that it states. */
export const fulfillmentChannelSuite = (
  connector: string,
  capabilities: readonly FulfillmentCapability[],
  open: () => Promise<WarehousePeer>,
): void => {
  describe(`${connector} as a fulfillment channel`, () => {
    let peer: WarehousePeer;
    beforeAll(async () => {
      peer = await open();
    });
    afterAll(() => peer.stop());

    it('states exactly the capabilities that it is checked for', () => {
      expect([...peer.channel.capabilities].toSorted()).toEqual(capabilities.toSorted());
    });
    for (const capability of capabilities) describe(capability, () => cases[capability](() => peer));
  });
};

export { inMemoryCapabilities, inMemoryWarehouse } from './testing/in-memory-warehouse';
