import { commandHandling, type CommandContext } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import type { FulfillmentChannel, WarehouseReceipt } from '@stockproof/fulfillment-channel';
import { inMemoryWarehouse } from '@stockproof/fulfillment-channel/testing';
import type { PurchaseOrderCommand } from '@stockproof/purchasing-domain';
import type { Queryable, TenantReader } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import { purchaseOrderHandler, purchaseOrderStream, unexplainedReceiptHandler, unexplainedReceiptStream } from '../purchasing.streams';
import { exportPurchaseOrders, type OpenWarehouse } from './exporting-purchase-orders';
import { importReceipts, takeReceipt } from './importing-receipts';
import { bookAssigned, linesThatTakeGoods, type ReceiptDesk } from './receipt-desk';
import { takePurchaseOrdersBack } from './taking-purchase-orders-back';

const at = '2026-03-02T09:00:00.000Z';
const clock = { now: () => at };
const [accountId, organizationId, warehouseId, elsewhere, channelId] = ['account', 'organization', 'north', 'south', 'channel'].map(
  (name) => derivedId(name),
) as [string, string, string, string, string];

/** One warehouse with a system behind it, and purchasing on streams in memory. Its lists name every order: what is not due, the streams say. */
const aPurchasing = (setUp: { readonly finalReceipts?: boolean } = {}) => {
  const commands = commandHandling({ store: inMemoryEventStore({ clock }), clock });
  const [orders, unexplained] = [purchaseOrderHandler(commands), unexplainedReceiptHandler(commands)];
  const numbered: { purchase_order_id: string; warehouse_id: string; status: string; number: string }[] = [];
  const worker: Queryable = { query: async <Row extends object>() => numbered as object[] as Row[] };
  const reader: TenantReader = {
    readAs: async <Row extends object>(_: unknown, statement: { readonly values?: readonly unknown[] }) =>
      numbered.filter(({ number }) => number === statement.values?.[1]) as object[] as Row[],
  };
  const desk: ReceiptDesk = { orders, unexplained, reader, clock };
  const peer = inMemoryWarehouse();
  const asked: string[] = [];
  const noted = (name: string, effectId: string) => void asked.push(`${name} ${effectId}`);
  const channel: FulfillmentChannel = {
    ...peer.channel,
    sendPurchaseOrder: (order, effect) => (noted('send', effect.effectId), peer.channel.sendPurchaseOrder(order, effect)),
    cancelPurchaseOrder: (order, effect) => (noted('cancel', effect.effectId), peer.channel.cancelPurchaseOrder(order, effect)),
  };
  const place = (more: Partial<FulfillmentChannel> = {}): OpenWarehouse =>
    ({
      ...{ accountId, organizationId, warehouseId, channel: { ...channel, ...more } },
      setUp: { channelId, finalReceipts: setUp.finalReceipts ?? false },
    }) as OpenWarehouse;
  let steps = 0;
  const context = (): CommandContext => ({
    ...{ commandId: derivedId('step', (steps += 1)), correlationId: 'c', causationId: 'c' },
    ...{ actor: 'user:u', organizationId, accountId },
  });
  const tell = (command: PurchaseOrderCommand) =>
    orders.handle(purchaseOrderStream(accountId, command.data.purchaseOrderId), command, context());
  return {
    ...{ desk, peer, asked, place, tell, context },
    /** An order of 10 TEA and 4 CUP. */
    order: async (number: string, more: { readonly approved?: boolean; readonly at?: string } = {}): Promise<string> => {
      const purchaseOrderId = derivedId('purchase order', number, more.at ?? '');
      const line = (lineId: string, sku: string, quantity: number) => ({ lineId, sku, quantity, lot: null, serial: null });
      const { approved = true, at: where = warehouseId } = more;
      const content = {
        ...{ number, supplier: { code: 'ACME', name: 'Acme' }, warehouseId: where, expectedAt: null, cancelAfter: null, reference: null },
        lines: [line('1', 'TEA', 10), line('2', 'CUP', 4)],
      };
      await tell({ type: 'CreatePurchaseOrder', data: { purchaseOrderId, content, approved, now: at } });
      const status = approved ? 'approved' : 'draft';
      numbered.push({ purchase_order_id: purchaseOrderId, warehouse_id: where, status, number });
      return purchaseOrderId;
    },
    export: (more: Partial<FulfillmentChannel> = {}) => exportPurchaseOrders({ orders, worker, clock }, place(more)),
    takeBack: (more: Partial<FulfillmentChannel> = {}) => takePurchaseOrdersBack({ orders, worker, clock }, place(more)),
    stand: async (purchaseOrderId: string) => {
      const { status, export: exported, received } = (await orders.loadLatest(purchaseOrderStream(accountId, purchaseOrderId))).state;
      return [status, exported, Object.fromEntries(received)];
    },
    unexplainedOf: async (externalReceiptId: string) => {
      const id = derivedId('unexplained receipt', accountId, `${channelId}/${externalReceiptId}`);
      return { id, state: (await unexplained.loadLatest(unexplainedReceiptStream(accountId, id))).state };
    },
  };
};

describe('telling a warehouse of purchase orders', () => {
  it('is accepted once, under the id of the order and the number of its approval', async () => {
    const { order, asked, stand, ...run } = aPurchasing();
    const id = await order('PO-1-taken');
    await run.export();
    await run.export();
    expect([asked, await stand(id)]).toEqual([[`send ${id}/1`], ['receiving', 'accepted', {}]]);
  });

  it('makes a lost answer good by asking the same again; nobody unlocks it meanwhile', async () => {
    const { order, asked, stand, tell, ...run } = aPurchasing();
    const id = await order('PO-1-lost');
    await expect(run.export()).rejects.toThrow('1 of 1 purchase orders were not answered');
    expect(await stand(id)).toEqual(['approved', 'begun', {}]);
    expect(await tell({ type: 'UnlockPurchaseOrder', data: { purchaseOrderId: id, now: at } })).toMatchObject({
      rejection: { type: 'AlreadyExported' },
    });
    await run.export();
    expect([asked, await stand(id)]).toEqual([
      [`send ${id}/1`, `send ${id}/1`],
      ['receiving', 'accepted', {}],
    ]);
  });

  it('shows a refusal, asks no more, and announces it anew after the next approval', async () => {
    const { order, asked, stand, tell, ...run } = aPurchasing();
    const id = await order('PO-1-refused');
    await run.export();
    await run.export();
    expect(await stand(id)).toEqual(['approved', 'refused', {}]);
    await tell({ type: 'UnlockPurchaseOrder', data: { purchaseOrderId: id, now: at } });
    await tell({ type: 'ApprovePurchaseOrder', data: { purchaseOrderId: id, now: at } });
    await run.export();
    expect(asked).toEqual([`send ${id}/1`, `send ${id}/2`]);
  });

  it('tells it of a cancelled order that it accepted, once', async () => {
    const { order, asked, tell, ...run } = aPurchasing();
    const id = await order('PO-1-taken');
    await run.export();
    await tell({ type: 'CancelPurchaseOrder', data: { purchaseOrderId: id, reason: 'late', now: at } });
    await run.takeBack();
    await run.takeBack();
    expect(asked).toEqual([`send ${id}/1`, `cancel ${id}/1/cancel`]);
  });

  it('first learns what became of an announcement that was cancelled in flight, then calls it off', async () => {
    const { order, asked, stand, tell, ...run } = aPurchasing();
    const id = await order('PO-1-lost');
    await expect(run.export()).rejects.toThrow();
    await tell({ type: 'CancelPurchaseOrder', data: { purchaseOrderId: id, reason: 'late', now: at } });
    await run.takeBack();
    await run.export();
    await run.takeBack();
    expect([asked, await stand(id)]).toEqual([
      [`send ${id}/1`, `send ${id}/1`, `cancel ${id}/1/cancel`],
      ['cancelled', 'accepted', {}],
    ]);
  });

  it('keeps asking while no answer comes, and does not ask a system that cannot be told', async () => {
    const { order, asked, tell, peer, ...run } = aPurchasing();
    const id = await order('PO-1-taken');
    await run.export();
    await tell({ type: 'CancelPurchaseOrder', data: { purchaseOrderId: id, reason: 'late', now: at } });
    await expect(run.takeBack({ cancelPurchaseOrder: peer.deadChannel.cancelPurchaseOrder })).rejects.toThrow('were not answered');
    await run.takeBack({ capabilities: new Set() });
    await run.takeBack();
    expect(asked).toEqual([`send ${id}/1`]);
  });
});

describe('what a warehouse received', () => {
  const receipt = (more: Partial<WarehouseReceipt> = {}): WarehouseReceipt => ({
    ...{ externalReceiptId: 'R-1', purchaseOrderId: null, purchaseOrderNumber: 'PO-1', receivedAt: at, final: false },
    lines: [line('a', 'TEA', 6)],
    ...more,
  });
  const line = (externalLineId: string, sku: string, quantity: number, lineNumber: number | null = null) => ({
    ...{ externalLineId, lineNumber, sku, quantity, lot: null, serial: null },
  });

  it('is booked once, by push and by poll, by id or by number', async () => {
    const { order, desk, place, stand } = aPurchasing();
    const id = await order('PO-1');
    expect(await takeReceipt(desk, place(), receipt())).toBe('applied');
    expect(await takeReceipt(desk, place(), receipt({ purchaseOrderId: id.toUpperCase() }))).toBe('applied');
    expect(await stand(id)).toEqual(['receiving', 'none', { 1: 6 }]);
    await takeReceipt(desk, place(), receipt({ externalReceiptId: 'R-2', lines: [line('a', 'TEA', 4, 1), line('b', 'cup', 4, 2)] }));
    expect(await stand(id)).toEqual(['received', 'none', { 1: 10, 2: 4 }]);
  });

  it('is read page by page; the cursor is where it read to', async () => {
    const { order, desk, place, peer, stand, ...run } = aPurchasing();
    const id = await order('PO-1-taken');
    await run.export();
    await peer.receive(id, { 1: 6 }, false);
    await peer.receive(id, { 1: 4, 2: 4 }, true);
    const progress = async () => undefined;
    const first = await importReceipts(desk, place(), { cursor: null, progress });
    expect(await stand(id)).toEqual(['received', 'accepted', { 1: 10, 2: 4 }]);
    expect(await importReceipts(desk, place(), { cursor: null, progress })).toEqual(first);
    expect(await stand(id)).toEqual(['received', 'accepted', { 1: 10, 2: 4 }]);
  });

  it('ends the order where the channel declares each of its receipts the last', async () => {
    const { order, desk, place, stand } = aPurchasing({ finalReceipts: true });
    const id = await order('PO-1');
    await takeReceipt(desk, place(), receipt());
    expect((await stand(id))[0]).toBe('received');
  });

  it.each([
    ['an order that nobody knows', {}, receipt({ purchaseOrderNumber: 'PO-9' }), 'unknown-order'],
    ['no order at all', {}, receipt({ purchaseOrderNumber: null }), 'unknown-order'],
    ['an order of another warehouse', { at: elsewhere }, receipt(), 'another-warehouse'],
    ['a draft', { approved: false }, receipt(), 'order-not-approved'],
    ['a SKU that was not ordered', {}, receipt({ lines: [line('a', 'POT', 1)] }), 'unknown-sku'],
    ['a line that has another SKU', {}, receipt({ lines: [line('a', 'CUP', 1, 1)] }), 'unknown-line'],
  ])('is kept for a person where it names %s, once', async (_, how, said, because) => {
    const { order, desk, place, unexplainedOf } = aPurchasing();
    await order('PO-1', how);
    expect([await takeReceipt(desk, place(), said), (await unexplainedOf('R-1')).state.open]).toEqual([
      'unknown',
      [expect.objectContaining({ line: 'a', because })],
    ]);
    await takeReceipt(desk, place(), said);
    expect((await unexplainedOf('R-1')).state.open).toHaveLength(1);
  });

  it('is kept where two open orders have its number', async () => {
    const { order, desk, place, unexplainedOf } = aPurchasing();
    await order('PO-1');
    await order('PO-1', { at: elsewhere });
    expect(await takeReceipt(desk, place(), receipt())).toBe('applied');
    const other = aPurchasing();
    await other.order('PO-1');
    await other.order('PO-1', { approved: true, at: warehouseId });
    await takeReceipt(other.desk, other.place(), receipt());
    expect((await other.unexplainedOf('R-1')).state.open).toMatchObject([{ because: 'ambiguous-number' }]);
    expect((await unexplainedOf('R-1')).state.open).toEqual([]);
  });

  it('is booked by itself when the warehouse says it again and its order is known by then', async () => {
    const { order, desk, place, stand, unexplainedOf } = aPurchasing();
    await takeReceipt(desk, place(), receipt());
    const id = await order('PO-1');
    await takeReceipt(desk, place(), receipt());
    await takeReceipt(desk, place(), receipt());
    expect([await stand(id), (await unexplainedOf('R-1')).state.open]).toEqual([['receiving', 'none', { 1: 6 }], []]);
  });

  it('goes where a person says, also where the order did not understand it, and never twice', async () => {
    const { order, desk, place, stand, unexplainedOf, context } = aPurchasing();
    const id = await order('PO-1');
    await takeReceipt(desk, place(), receipt({ lines: [line('a', 'TEA', 6), line('b', 'CUPS', 4)] }));
    const unexplained = await unexplainedOf('R-1');
    const ordered = (await linesThatTakeGoods(desk, accountId, id)) ?? [];
    const stream = unexplainedReceiptStream(accountId, unexplained.id);
    const data = { unexplainedReceiptId: unexplained.id, purchaseOrderId: id, ordered, lines: [{ line: 'b', lineId: '2' }], now: at };
    await desk.unexplained.handle(stream, { type: 'AssignReceipt', data }, context());
    // Killed here: whoever comes by books it, and whoever comes after finds nothing to do.
    await bookAssigned(desk, accountId, unexplained.id, context());
    expect(await bookAssigned(desk, accountId, unexplained.id, context())).toBeNull();
    await takeReceipt(desk, place(), receipt({ lines: [line('a', 'TEA', 6), line('b', 'CUPS', 4)] }));
    expect(await stand(id)).toEqual(['receiving', 'none', { 1: 6, 2: 4 }]);
  });

  it('is kept where it cannot be read, and holds up no other', async () => {
    const { order, desk, place, stand } = aPurchasing();
    const id = await order('PO-1');
    const odd = { original: { odd: true }, problem: 'lines: missing' };
    const fetchReceipts = async () => ({ items: [receipt()], unreadable: [odd], nextCursor: '1', more: false });
    const done: number[] = [];
    const progress = async (count: number) => void done.push(count);
    for (let runs = 0; runs < 2; runs += 1)
      expect(await importReceipts(desk, place({ fetchReceipts }), { cursor: null, progress })).toEqual({ cursor: { after: '1' } });
    const name = `${channelId}/${derivedId('unreadable receipt', JSON.stringify(odd.original))}`;
    const kept = await desk.unexplained.load(unexplainedReceiptStream(accountId, derivedId('unexplained receipt', accountId, name)));
    expect([kept.state.isUnreadable, kept.revision, await stand(id), done]).toEqual([true, 1, ['receiving', 'none', { 1: 6 }], [2, 2]]);
  });

  it('came now, where a clock over there goes ahead', async () => {
    const { order, desk, place, stand } = aPurchasing();
    const id = await order('PO-1');
    expect(await takeReceipt(desk, place(), receipt({ receivedAt: '2026-03-02T10:00:00.000Z' }))).toBe('applied');
    expect(await stand(id)).toEqual(['receiving', 'none', { 1: 6 }]);
  });
});
