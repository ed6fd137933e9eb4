import type { SalesCapability } from './sales-channel';
import { importingProducts, publishingStock, sendingProducts } from './testing/offer.suite';
import { fetchingOrders, parsingPushes, sendingOrderUpdates } from './testing/orders.suite';
import type { ShopPeer } from './testing/shop-peer';

export { anEffect, anOrder, anOrderUpdate, aProduct, type ShopPeer } from './testing/shop-peer';

const cases: Readonly<Record<SalesCapability, (peer: () => ShopPeer) => void>> = {
  'fetch-orders': fetchingOrders,
  'send-order-updates': sendingOrderUpdates,
  'publish-stock': publishingStock,
  'import-products': importingProducts,
  'send-products': sendingProducts,
  push: parsingPushes,
};

/** What every connector to a shop must keep, for the capabilities that it states. */
export const salesChannelSuite = (connector: string, capabilities: readonly SalesCapability[], open: () => Promise<ShopPeer>): void => {
  describe(`${connector} as a sales channel`, () => {
    let peer: ShopPeer;
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

export { inMemoryCapabilities, inMemoryShop } from './testing/in-memory-shop';
