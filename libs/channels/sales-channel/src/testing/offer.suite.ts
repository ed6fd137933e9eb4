import { readToEnd } from '@stockproof/channel-exchange/testing';
import { anEffect, aProduct, type ShopPeer } from './shop-peer';

type Peer = () => ShopPeer;
const publishedAt = '2026-03-01T08:00:00.000Z';

/** Figures replace what the shop offered before. */
export const publishingStock = (peer: Peer) => {
  it('changes only what is named, or all when told in full', async () => {
    const row = (sku: string, quantity: number) => ({ sku, warehouseCode: null, quantity });
    await peer().channel.publishStock({ mode: 'changes', publishedAt, rows: [row('PUB-1', 5), row('PUB-2', 6)] }, anEffect());
    await peer().channel.publishStock({ mode: 'changes', publishedAt, rows: [row('PUB-1', 4)] }, anEffect());
    expect([await peer().offered('PUB-1'), await peer().offered('PUB-2')]).toEqual([4, 6]);
    await peer().channel.publishStock({ mode: 'full', publishedAt, rows: [row('PUB-2', 1)] }, anEffect());
    expect([await peer().offered('PUB-1'), await peer().offered('PUB-2')]).toEqual([0, 1]);
  });

  it('does not set an old figure again when an effect is repeated after a newer one', async () => {
    const [old, newer] = [anEffect(), anEffect()];
    const figures = (quantity: number) => ({
      mode: 'changes' as const,
      publishedAt,
      rows: [{ sku: 'PUB-3', warehouseCode: null, quantity }],
    });
    await peer().channel.publishStock(figures(5), old);
    await peer().channel.publishStock(figures(3), newer);
    await peer().channel.publishStock(figures(5), old);
    expect(await peer().offered('PUB-3')).toBe(3);
  });
};

/** Absent fields stay absent: they were not sent, which is not the same as sent empty. */
export const importingProducts = (peer: Peer) => {
  it('reads products with exactly the fields that were sent', async () => {
    const product = aProduct();
    await peer().offer(product);
    expect((await readToEnd(peer().channel.importProducts, null)).items).toContainEqual(product);
  });
};

/** A shop is told of products once per effect. */
export const sendingProducts = (peer: Peer) => {
  it('is told of products, and answers the same again', async () => {
    const effect = anEffect();
    const products = [aProduct()];
    const first = await peer().channel.sendProducts(products, effect);
    expect(first.outcome).toBe('accepted');
    expect(await peer().channel.sendProducts(products, effect)).toEqual(first);
  });
};
