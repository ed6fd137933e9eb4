import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import { NotHeardYet } from '@stockproof/hearsay';
import { inMemoryJobs } from '@stockproof/jobs';
import { inMemoryPersonalData } from '@stockproof/personal-data';
import { statusOf, type OfferedOrder } from '@stockproof/sales-domain';
import { anOrder } from '@stockproof/sales-channel/testing';
import { salesChannelCreatedV1 } from '@stockproof/tenancy-contracts';
import { plainSettings } from '@stockproof/tenancy-contracts/testing';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import { salesDesk } from '../orders/sales-desk';
import { forgettingPersons } from '../persons/forgetting-persons';
import type { KnownAccount, KnownVariant } from '../reference/known-account';
import { incomingOrders, salesOrders } from '../sales.streams';
import { incomingDesk, type Sender } from './incoming-desk';
import type { WaitingForSkus } from './waiting-for-skus';

const now = '2026-01-10T12:00:00.000Z';
const clock = { now: () => now };
const [accountId, channelId, organizationId] = ['account', 'channel', 'organization'].map((name) => derivedId(name)) as [
  string,
  string,
  string,
];
const sender: Sender = { accountId, organizationId, channelId, way: 'poll', actor: 'service:sales' };
const context = (commandId: string) => ({
  ...{ commandId, correlationId: commandId, causationId: commandId },
  ...{ actor: 'user:1', organizationId, accountId },
});

const anInstallation = () => ({ store: inMemoryEventStore({ clock }), personalData: inMemoryPersonalData(clock) });

/** A desk of one process over memory, and an account of which it knows what a test says. */
const aDesk = (channelMore: object = {}, { store, personalData } = anInstallation()) => {
  const variants = new Map<string, KnownVariant>();
  const mappings = new Map<string, string>();
  const waits = new Map<string, ReadonlySet<string>>();
  let isChannelHeard = true;
  const channel = salesChannelCreatedV1.schema.parse({
    ...{ accountId, channelId, code: 'SHOP', name: 'Shop', connector: 'in-memory', endpointUrl: null, sealedCredentials: null },
    ...{ defaultOrderStatus: null, holdDelayMs: null, publishedWarehouses: [], ...channelMore },
  });
  const known: KnownAccount = {
    settings: async () => plainSettings,
    organizationOf: async () => organizationId,
    warehouses: async () => [],
    variants: async (_, skus) =>
      new Map(skus.flatMap((sku) => (variants.has(skuKey(sku)) ? [[skuKey(sku), variants.get(skuKey(sku))!]] : []))),
    skuMappings: async () => mappings,
    salesChannel: async () => (isChannelHeard ? channel : null),
  };
  const waiting: WaitingForSkus = {
    wait: async (_, orderId, skus) => void waits.set(orderId, new Set(skus)),
    whoWaitsFor: async (_, sku) => [...waits].filter(([, skus]) => skus.has(sku)).map(([orderId]) => orderId),
  };
  const commands = commandHandling({ store, clock });
  const orders = salesOrders(commands);
  const desk = salesDesk({ orders, known, personalData, jobs: inMemoryJobs(clock), clock });
  const incomingHandler = incomingOrders(commands);
  const incoming = incomingDesk({ incoming: incomingHandler, desk, known, waiting, personalData, clock });
  const forgetting = forgettingPersons({ orders, incoming: incomingHandler, personalData });
  return {
    forget: (orderId: string) => forgetting(accountId, orderId),
    cancel: (orderId: string) =>
      desk.handle(accountId, orderId, { type: 'CancelSalesOrder', data: { orderId, reason: 'a test', now } }, context('cancel')),
    incoming,
    desk,
    hearsOfChannel: (isHeard: boolean) => void (isChannelHeard = isHeard),
    knows: (sku: string) => void variants.set(skuKey(sku), { sku_key: skuKey(sku), sku, components: [], archived: false }),
    maps: (theirs: string, sku: string) => void mappings.set(skuKey(theirs), sku),
    come: async (order: OfferedOrder) => incoming.take(sender, { original: { raw: order.orderNumber }, order }),
    statusOf: async (orderId: string) => {
      const order = await desk.orderOf(accountId, orderId);
      return order.orderId === null ? null : statusOf(order);
    },
    linesOf: async (orderId: string) => (await desk.orderOf(accountId, orderId)).lines.map(({ sku, quantity }) => `${quantity} ${sku}`),
  };
};

const order = (more: Partial<OfferedOrder> = {}): OfferedOrder => {
  const made = anOrder('1001');
  const [line] = made.lines;
  return {
    ...made,
    warehouseCode: null,
    carrierService: null,
    lines: [{ ...line!, sku: 'TEA', quantity: 2, warehouseCode: null }],
    ...more,
  };
};
const lineOf = (sku: string, quantity: number) => ({ ...order().lines[0]!, sku, quantity });

describe('orders that come in', () => {
  it('become orders, once however often and in whatever way they come', async () => {
    const { come, knows, statusOf: status, linesOf, incoming } = aDesk();
    knows('tea');
    const { orderId, state, isNews } = await come(order());
    expect([state, isNews, await status(orderId), await linesOf(orderId)]).toEqual(['taken', true, 'approved', ['2 tea']]);
    const pushed = await incoming.take({ ...sender, way: 'push' }, { original: 'another wrapping', order: order() });
    expect(pushed).toMatchObject({ orderId, state: 'taken', isNews: false });
  });

  it('are what the shop said last, also where another process heard what it said in between', async () => {
    const installation = anInstallation();
    const [one, other] = [aDesk({}, installation), aDesk({}, installation)];
    one.knows('TEA');
    other.knows('TEA');
    const { orderId } = await one.come(order());
    await other.come(order({ lines: [lineOf('TEA', 3)] }));
    expect(await one.come(order())).toMatchObject({ isNews: true });
    expect(await other.linesOf(orderId)).toEqual(['2 TEA']);
  });

  it('are kept and not judged before their channel was heard of, without which their names mean nothing', async () => {
    const { come, knows, maps, hearsOfChannel } = aDesk();
    knows('TEA');
    hearsOfChannel(false);
    const pushed = order({ lines: [lineOf('thee', 1)] });
    await expect(come(pushed)).rejects.toThrow(NotHeardYet);
    hearsOfChannel(true);
    maps('thee', 'TEA');
    expect(await come(pushed)).toMatchObject({ state: 'taken', isNews: false });
  });

  it('wait with all that they lack, and go by themselves when the product appears', async () => {
    const { come, knows, incoming, statusOf: status } = aDesk();
    const waiting = await come(order({ shipTo: { ...order().shipTo!, city: 'Utrecht' } }));
    expect([waiting.state, waiting.problems.map(({ field, code }) => [field, code])]).toEqual([
      'waiting',
      [['/lines/0/sku', 'unknown-sku']],
    ]);
    knows('Tea');
    await incoming.skuAppeared(accountId, 'Tea', context('message'));
    await incoming.skuAppeared(accountId, 'Tea', context('message'));
    expect([(await incoming.standing(accountId, waiting.orderId)).state, await status(waiting.orderId)]).toEqual(['taken', 'approved']);
  });

  it('find a SKU under the name that the channel has for it', async () => {
    const { come, knows, maps, linesOf } = aDesk();
    knows('TEA');
    maps('thee', 'TEA');
    const { orderId } = await come(order({ lines: [lineOf(' THEE ', 1)] }));
    expect(await linesOf(orderId)).toEqual(['1 TEA']);
  });

  it('one that cannot be read, or is wrong, stops none behind it', async () => {
    const { come, knows, incoming } = aDesk();
    knows('TEA');
    const unreadable = await incoming.keepUnreadable(sender, { original: 'nonsense', problem: 'is no order' });
    expect(unreadable).toMatchObject({ state: 'waiting', problems: [{ code: 'unreadable', message: 'is no order' }] });
    expect((await come(order({ orderNumber: '1', lines: [] }))).state).toBe('waiting');
    expect((await come(order({ orderNumber: '2' }))).state).toBe('taken');
  });

  it('are corrected by a person, and what the channel says again as before is nothing new', async () => {
    const { come, knows, incoming, linesOf } = aDesk();
    knows('RUM');
    const { orderId } = await come(order({ lines: [lineOf('', 2)] }));
    await incoming.correct(accountId, orderId, { lines: [lineOf('rum', 2)] }, { context: context('put'), expectedRevision: null });
    expect(await linesOf(orderId)).toEqual(['2 RUM']);
    expect(await come(order({ lines: [lineOf('', 2)] }))).toMatchObject({ state: 'taken', isNews: false });
  });

  it('keep nothing of a person who was forgotten, whatever the channel says then, and stop none behind them', async () => {
    const { come, knows, forget, cancel, statusOf: status } = aDesk();
    knows('TEA');
    const { orderId } = await come(order());
    expect([await forget(derivedId('nobody')), await forget(orderId)]).toEqual(['unknown', 'still served']);
    await cancel(orderId);
    expect([await forget(orderId), await forget(orderId)]).toEqual(['forgotten', 'forgotten']);
    expect(await come(order({ note: 'hurry' }))).toMatchObject({ state: 'taken', isNews: false });
    expect([(await come(order({ orderNumber: '2' }))).state, await status(orderId)]).toEqual(['taken', 'cancelled']);
  });

  it('that never became orders are forgotten once nobody wants them', async () => {
    const { come, forget, incoming } = aDesk();
    const { orderId } = await come(order());
    expect(await forget(orderId)).toBe('still served');
    await incoming.ignore(accountId, orderId, 'a test', context('ignore'));
    expect(await forget(orderId)).toBe('forgotten');
  });

  it('are left out by a person, whatever the channel says then', async () => {
    const { come, knows, incoming, statusOf: status } = aDesk();
    const { orderId } = await come(order());
    await incoming.ignore(accountId, orderId, 'a test', context('ignore'));
    knows('TEA');
    await incoming.skuAppeared(accountId, 'TEA', context('message'));
    expect([(await come(order({ note: 'hurry' }))).state, await status(orderId)]).toEqual(['ignored', null]);
    await incoming.retry(accountId, orderId, 'by hand', context('retry'));
    expect(await status(orderId)).toBe('approved');
  });
});

describe('what the shop itself says of an order', () => {
  it.each(['cancelled', 'refunded', 'unpaid', 'failed', 'fulfilled'] as const)('%s is recorded, and no order', async (state) => {
    const { come, knows, statusOf: status } = aDesk();
    knows('TEA');
    const { orderId, state: standing } = await come(order({ state }));
    expect([standing, await status(orderId)]).toEqual(['recorded', null]);
  });
  it('an unpaid one that is paid later becomes an order', async () => {
    const { come, knows, statusOf: status } = aDesk();
    knows('TEA');
    await come(order({ state: 'unpaid' }));
    expect(await status((await come(order())).orderId)).toBe('approved');
  });
  it('one that is cancelled later is cancelled here', async () => {
    const { come, knows, statusOf: status } = aDesk();
    knows('TEA');
    await come(order());
    expect(await status((await come(order({ state: 'cancelled' }))).orderId)).toBe('cancelled');
  });
  it('a changed one is changed here, and once it is cancelled here it stays so', async () => {
    const { come, knows, desk, linesOf, incoming, statusOf: status } = aDesk();
    knows('TEA');
    const { orderId } = await come(order());
    await come(order({ lines: [lineOf('TEA', 5)] }));
    expect(await linesOf(orderId)).toEqual(['5 TEA']);
    await desk.handle(accountId, orderId, { type: 'CancelSalesOrder', data: { orderId, reason: 'changed mind', now } }, context('cancel'));
    await come(order({ lines: [lineOf('TEA', 6)] }));
    expect([(await incoming.standing(accountId, orderId)).state, await status(orderId), await linesOf(orderId)]).toEqual([
      'taken',
      'cancelled',
      ['5 TEA'],
    ]);
  });
});

describe('a channel with a hold delay', () => {
  it('has its orders wait on hold', async () => {
    const { come, knows, desk } = aDesk({ holdDelayMs: 60_000 });
    knows('TEA');
    const { stage, releaseAt } = await desk.orderOf(accountId, (await come(order())).orderId);
    expect([stage, releaseAt]).toEqual(['on-hold', '2026-01-10T12:01:00.000Z']);
  });
});
