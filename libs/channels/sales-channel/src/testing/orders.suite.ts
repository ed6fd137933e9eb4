import { askUntilAnswered, readToEnd } from '@stockproof/channel-exchange/testing';
import { anEffect, anOrder, anOrderUpdate, type ShopPeer } from './shop-peer';

type Peer = () => ShopPeer;

/** Orders come in the shop's order, beside what was received, and one bad one stops nothing. */
export const fetchingOrders = (peer: Peer) => {
  const end = async () => (await readToEnd(peer().channel.fetchOrders, null)).cursor;

  it('reads orders as the shop gives them, with the original beside', async () => {
    const before = await end();
    const [first, second] = [anOrder(peer().newNumber('taken')), anOrder(peer().newNumber('taken'))];
    await peer().place(first);
    await peer().place(second);
    const { items, cursor } = await readToEnd(peer().channel.fetchOrders, before);
    expect(items.map(({ order }) => order)).toEqual([first, second]);
    expect(JSON.stringify(items[0]?.original)).toContain(first.orderNumber);
    expect((await readToEnd(peer().channel.fetchOrders, cursor)).items).toEqual([]);
  });

  it('lets what only validation may judge come through', async () => {
    const before = await end();
    const empty = { ...anOrder(peer().newNumber('taken')), shipTo: null, lines: [] };
    const odd = anOrder(peer().newNumber('taken'));
    const lines = odd.lines.map((line) => ({ ...line, sku: '', quantity: 0 }));
    await peer().place(empty);
    await peer().place({ ...odd, lines });
    const { items } = await readToEnd(peer().channel.fetchOrders, before);
    expect(items.map(({ order }) => order.lines)).toEqual([[], lines]);
  });

  it('keeps what cannot be read and goes on behind it', async () => {
    const before = await end();
    const order = anOrder(peer().newNumber('taken'));
    await peer().placeNonsense();
    await peer().place(order);
    const page = await peer().channel.fetchOrders(before);
    expect(page.unreadable).toEqual([{ original: expect.anything(), problem: expect.stringMatching(/.+/) }]);
    expect(page.items.map((item) => item.order.orderNumber)).toEqual([order.orderNumber]);
  });

  it('says that it cannot be read where nobody answers', async () => {
    await expect(peer().deadChannel.fetchOrders(null)).rejects.toThrow(expect.objectContaining({ name: 'ChannelUnavailable' }));
  });
};

/** A shop acts on an update once, however often it is told. */
export const sendingOrderUpdates = (peer: Peer) => {
  it('tells an update once for one effect id', async () => {
    const update = anOrderUpdate(peer().newNumber('taken'));
    const effect = anEffect();
    const first = await peer().channel.sendOrderUpdate(update, effect);
    expect(first.outcome).toBe('accepted');
    expect(await peer().channel.sendOrderUpdate(update, effect)).toEqual(first);
    expect(await peer().told(update.orderNumber)).toEqual([update]);
  });

  it('makes a lost answer good by telling again', async () => {
    const update = anOrderUpdate(peer().newNumber('answer-lost'));
    const effect = anEffect();
    const outcome = await askUntilAnswered(() => peer().channel.sendOrderUpdate(update, effect));
    expect(outcome.outcome).toBe('accepted');
    expect(await peer().told(update.orderNumber)).toEqual([update]);
  });

  it('does not know what happened where nobody answers', async () => {
    expect((await peer().deadChannel.sendOrderUpdate(anOrderUpdate('1'), anEffect())).outcome).toBe('unanswered');
  });
};

/** Only what the shop signed is believed, byte for byte. */
export const parsingPushes = (peer: Peer) => {
  it('reads a signed order', () => {
    const order = anOrder('pushed-1');
    const { headers, rawBody } = peer().signed(order);
    expect(peer().channel.parsePush(headers, rawBody)).toMatchObject({
      outcome: 'verified',
      facts: [{ kind: 'order', received: { order } }],
    });
  });

  it('does not trust a body that was changed by one character', () => {
    const { headers, rawBody } = peer().signed(anOrder('pushed-2'));
    expect(peer().channel.parsePush(headers, rawBody.replace('pushed-2', 'pushed-3')).outcome).toBe('untrusted');
  });
};
