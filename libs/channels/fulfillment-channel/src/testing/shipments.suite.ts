import { askUntilAnswered, readToEnd } from '@stockproof/channel-exchange/testing';
import { aShipment, anEffect, type WarehousePeer } from './warehouse-peer';

type Peer = () => WarehousePeer;

/** Handing a shipment over has one effect, however often it is tried. */
export const sendingShipments = (peer: Peer) => {
  it('hands a shipment over and learns the name that the warehouse gave it', async () => {
    const shipment = aShipment(peer().newNumber('taken'));
    const outcome = await peer().channel.sendShipment(shipment, anEffect());
    expect(outcome).toEqual({ outcome: 'accepted', externalId: expect.stringMatching(/.+/) });
    expect(await peer().taken()).toContain(shipment.shipmentId);
  });

  it('does the work once for one effect id and answers the same again', async () => {
    const shipment = aShipment(peer().newNumber('taken'));
    const effect = anEffect();
    const first = await peer().channel.sendShipment(shipment, effect);
    expect(await peer().channel.sendShipment(shipment, effect)).toEqual(first);
    expect((await peer().taken()).filter((id) => id === shipment.shipmentId)).toHaveLength(1);
  });

  it('makes a lost answer good by asking again: accepted, and taken once', async () => {
    const shipment = aShipment(peer().newNumber('answer-lost'));
    const effect = anEffect();
    const outcome = await askUntilAnswered(() => peer().channel.sendShipment(shipment, effect));
    expect(outcome.outcome).toBe('accepted');
    expect((await peer().taken()).filter((id) => id === shipment.shipmentId)).toHaveLength(1);
  });

  it('says why the warehouse refuses, and the warehouse has taken nothing', async () => {
    const shipment = aShipment(peer().newNumber('refused'));
    const outcome = await peer().channel.sendShipment(shipment, anEffect());
    expect(outcome).toEqual({ outcome: 'rejected', refusal: { code: expect.stringMatching(/.+/), message: expect.stringMatching(/.+/) } });
    expect(await peer().taken()).not.toContain(shipment.shipmentId);
  });

  it('does not know what happened where nobody answers', async () => {
    const outcome = await peer().deadChannel.sendShipment(aShipment('1'), anEffect());
    expect(outcome).toMatchObject({ outcome: 'unanswered', reason: expect.stringMatching(/.+/) });
  });
};

/** Taking back is agreed, or it is too late. */
export const cancellingShipments = (peer: Peer) => {
  const handedOver = async () => {
    const shipment = aShipment(peer().newNumber('taken'));
    await peer().channel.sendShipment(shipment, anEffect());
    return shipment;
  };

  it('takes back what has not left, and answers the same again', async () => {
    const shipment = await handedOver();
    const effect = anEffect();
    const first = await peer().channel.cancelShipment(shipment, effect);
    expect(['cancelled', 'requested']).toContain(first.outcome);
    expect(await peer().channel.cancelShipment(shipment, effect)).toEqual(first);
  });

  it('is told that it is too late once all has left', async () => {
    const shipment = await handedOver();
    await peer().ship(shipment.shipmentId, { 1: 3, 2: 2 }, 'complete');
    expect((await peer().channel.cancelShipment(shipment, anEffect())).outcome).toBe('refused');
  });
};

/** Updates tell cumulative quantities, in an order that a cursor can stop in. */
export const fetchingShipmentUpdates = (peer: Peer) => {
  const updates = (after: string | null) => readToEnd(peer().channel.fetchShipmentUpdates, after);

  it('reads a shipment that leaves in two parts as growing quantities, the last one complete', async () => {
    const shipment = aShipment(peer().newNumber('taken'));
    const sent = await peer().channel.sendShipment(shipment, anEffect());
    const { cursor } = await updates(null);
    await peer().ship(shipment.shipmentId, { 1: 1 }, 'more-expected');
    await peer().ship(shipment.shipmentId, { 1: 2, 2: 2 }, 'complete');
    const { items } = await updates(cursor);
    expect(items).toMatchObject([
      {
        shipmentId: shipment.shipmentId,
        change: {
          kind: 'shipped',
          completion: 'more-expected',
          lines: expect.arrayContaining([expect.objectContaining({ lineNumber: 1, sku: 'MUG-RED', shippedQuantity: 1 })]),
        },
      },
      {
        shipmentId: shipment.shipmentId,
        change: {
          kind: 'shipped',
          completion: 'complete',
          lines: expect.arrayContaining([
            expect.objectContaining({ lineNumber: 1, shippedQuantity: 3 }),
            expect.objectContaining({ lineNumber: 2, shippedQuantity: 2 }),
          ]),
        },
      },
    ]);
    expect(sent).toMatchObject({ externalId: items[0]?.externalShipmentId });
    expect(new Set(items.map(({ updateId }) => updateId)).size).toBe(2);
  });

  it('tells a short close from a part with more to come', async () => {
    const shipment = aShipment(peer().newNumber('taken'));
    await peer().channel.sendShipment(shipment, anEffect());
    const { cursor } = await updates(null);
    await peer().ship(shipment.shipmentId, { 1: 2, 2: 2 }, 'closed-short');
    expect((await updates(cursor)).items).toMatchObject([{ change: { completion: 'closed-short' } }]);
  });

  it('gives the same again from the same cursor, and nothing after the last', async () => {
    const shipment = aShipment(peer().newNumber('taken'));
    await peer().channel.sendShipment(shipment, anEffect());
    const before = (await updates(null)).cursor;
    await peer().ship(shipment.shipmentId, { 1: 3, 2: 2 }, 'complete');
    const once = await updates(before);
    expect(once.items).toHaveLength(1);
    expect(await updates(before)).toEqual(once);
    expect((await updates(once.cursor)).items).toEqual([]);
  });

  it('says that it cannot be read where nobody answers', async () => {
    await expect(peer().deadChannel.fetchShipmentUpdates(null)).rejects.toThrow(expect.objectContaining({ name: 'ChannelUnavailable' }));
  });
};
