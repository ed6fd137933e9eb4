import { readToEnd } from '@stockproof/channel-exchange/testing';
import { anEffect, aProduct, type WarehousePeer } from './warehouse-peer';

type Peer = () => WarehousePeer;

/** A warehouse is told of products once per effect. */
export const sendingProducts = (peer: Peer) => {
  it('is told of products, and answers the same again', async () => {
    const effect = anEffect();
    const first = await peer().channel.sendProducts([aProduct()], effect);
    expect(first.outcome).toBe('accepted');
    expect(await peer().channel.sendProducts([aProduct()], effect)).toEqual(first);
  });
};

/** Absent fields stay absent: they were not sent, which is not the same as sent empty. */
export const importingProducts = (peer: Peer) => {
  it('reads products with exactly the fields that were sent', async () => {
    const product = aProduct();
    await peer().offer(product);
    const { items } = await readToEnd(peer().channel.importProducts, null);
    expect(items).toContainEqual(product);
  });
};
