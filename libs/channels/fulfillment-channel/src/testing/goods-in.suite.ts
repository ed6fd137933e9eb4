import { readToEnd } from '@stockproof/channel-exchange/testing';
import { anEffect, aPurchaseOrder, type WarehousePeer } from './warehouse-peer';

type Peer = () => WarehousePeer;

/** Purchase orders are announced once and can be called off. */
export const sendingPurchaseOrders = (peer: Peer) => {
  it('announces a purchase order, and answers the same again', async () => {
    const order = aPurchaseOrder(peer().newNumber('taken'));
    const effect = anEffect();
    const first = await peer().channel.sendPurchaseOrder(order, effect);
    expect(first).toEqual({ outcome: 'accepted', externalId: expect.stringMatching(/.+/) });
    expect(await peer().channel.sendPurchaseOrder(order, effect)).toEqual(first);
  });

  it('says why the warehouse refuses one', async () => {
    const outcome = await peer().channel.sendPurchaseOrder(aPurchaseOrder(peer().newNumber('refused')), anEffect());
    expect(outcome.outcome).toBe('rejected');
  });
};

/** What has not arrived can be called off. */
export const cancellingPurchaseOrders = (peer: Peer) => {
  it('calls off what has not arrived', async () => {
    const order = aPurchaseOrder(peer().newNumber('taken'));
    await peer().channel.sendPurchaseOrder(order, anEffect());
    const outcome = await peer().channel.cancelPurchaseOrder(order, anEffect());
    expect(['cancelled', 'requested']).toContain(outcome.outcome);
  });
};

/** Receipts come with ids that make a repeat harmless. */
export const fetchingReceipts = (peer: Peer) => {
  const receipts = (after: string | null) => readToEnd(peer().channel.fetchReceipts, after);

  it('reads two deliveries, the last one final', async () => {
    const order = aPurchaseOrder(peer().newNumber('taken'));
    await peer().channel.sendPurchaseOrder(order, anEffect());
    const { cursor } = await receipts(null);
    await peer().receive(order.purchaseOrderId, { 1: 6 }, false);
    await peer().receive(order.purchaseOrderId, { 1: 4, 2: 5 }, true);
    const { items } = await receipts(cursor);
    expect(items).toMatchObject([
      {
        purchaseOrderId: order.purchaseOrderId,
        purchaseOrderNumber: order.purchaseOrderNumber,
        final: false,
        lines: [{ lineNumber: 1, sku: 'MUG-RED', quantity: 6 }],
      },
      {
        purchaseOrderId: order.purchaseOrderId,
        final: true,
        lines: [
          { lineNumber: 1, quantity: 4 },
          { lineNumber: 2, sku: 'MUG-BLUE', quantity: 5, lot: 'L-7' },
        ],
      },
    ]);
    const identities = items.flatMap(({ externalReceiptId, lines }) =>
      lines.map(({ externalLineId }) => `${externalReceiptId}/${externalLineId}`),
    );
    expect(new Set(identities).size).toBe(3);
    expect((await receipts(cursor)).items).toEqual(items);
  });
};

/** A level report says when it was taken and what its figures mean. */
export const fetchingStockLevels = (peer: Peer) => {
  it('reads what the warehouse counts', async () => {
    await peer().setStock('COUNTED-1', 40);
    await peer().setStock('COUNTED-2', 0);
    const report = await peer().channel.fetchStockLevels();
    expect(report.takenAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(report.meaning).toBe('on-hand');
    expect(report.rows).toEqual(
      expect.arrayContaining([
        { sku: 'COUNTED-1', quantity: 40 },
        { sku: 'COUNTED-2', quantity: 0 },
      ]),
    );
  });

  it('says that it cannot be read where nobody answers', async () => {
    await expect(peer().deadChannel.fetchStockLevels()).rejects.toThrow(expect.objectContaining({ name: 'ChannelUnavailable' }));
  });
};
