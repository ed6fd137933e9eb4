import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import { inMemoryJobs } from '@stockproof/jobs';
import { inMemoryPersonalData } from '@stockproof/personal-data';
import { salesChannelCreatedV1 } from '@stockproof/tenancy-contracts';
import { plainSettings } from '@stockproof/tenancy-contracts/testing';
import { derivedId, plusMs, skuKey } from '@stockproof/vocabulary';
import type { KnownAccount, KnownVariant, KnownWarehouse } from '../reference/known-account';
import { salesOrders } from '../sales.streams';
import { releaseHoldsInTime } from './hold-timer';
import { salesDesk, type NewOrder } from './sales-desk';

const [accountId, channelId, organizationId] = [derivedId('account'), derivedId('channel'), derivedId('organization')] as const;
const ids = { commandId: derivedId('c'), correlationId: derivedId('c'), causationId: derivedId('c') };
const context = { ...ids, actor: 'user:1', organizationId, accountId };
const tea: KnownVariant = { sku_key: skuKey('TEA'), sku: 'TEA', components: [], archived: false };
const warehouse: KnownWarehouse = {
  warehouse_id: derivedId('warehouse'),
  ...{ code: 'W', kind: 'physical', priority: 1, members: [], channel: null },
};
const channel = salesChannelCreatedV1.schema.parse({
  ...{ accountId, channelId, code: 'SHOP', name: 'Shop', connector: 'in-memory', endpointUrl: null, sealedCredentials: null },
  ...{ defaultOrderStatus: null, holdDelayMs: 1_000, publishedWarehouses: [] },
});
let isEnabled = true;
const known: KnownAccount = {
  settings: async () => plainSettings,
  organizationOf: async () => organizationId,
  warehouses: async () => (isEnabled ? [warehouse] : []),
  variants: async () => new Map([[tea.sku_key, tea]]),
  skuMappings: async () => new Map(),
  salesChannel: async () => channel,
};
const order: NewOrder = {
  ...{ channelId, channelOrderNumber: '1001', orderDate: '2026-01-10T11:00:00.000Z', status: 'approved' },
  ...{
    warehouseId: warehouse.warehouse_id,
    carrierService: null,
    shipTo: { name: 'P' },
    shipToCountry: 'DE',
    channelRound: 0,
    subjectId: null,
  },
  lines: [{ sku: 'TEA', quantity: 1, needsShipping: true, warehouseId: null, externalLineId: null, title: null }],
  header: { references: {}, tags: [], note: null, requestedShipDate: null, cancelAfter: null },
};

/** A desk whose writes take so long, during which every timer that is due runs. */
const slowDesk = (takesMs: number) => {
  let now = '2026-01-10T12:00:00.000Z';
  const clock = { now: () => now };
  const quick = salesOrders(commandHandling({ store: inMemoryEventStore({ clock }), clock }));
  const jobs = inMemoryJobs(clock);
  const pass = async (ms: number): Promise<void> => {
    now = plusMs(now, ms);
    await jobs.advance();
  };
  const orders: typeof quick = {
    ...quick,
    handle: async (stream, command, about, options) => {
      if (command.type !== 'ReleaseHold') await pass(takesMs);
      return quick.handle(stream, command, about, options);
    },
  };
  const desk = salesDesk({ orders, known, personalData: inMemoryPersonalData(clock), jobs, clock });
  releaseHoldsInTime(jobs, desk);
  return { desk, pass };
};

describe('a hold that ends by itself', () => {
  it.each([0, 5_000])('ends, also where writing the order took %d ms and its time came first', async (takesMs) => {
    const { desk, pass } = slowDesk(takesMs);
    const { orderId } = await desk.create(accountId, order, context);
    expect((await desk.orderOf(accountId, orderId)).stage).toBe('on-hold');
    await pass(1_000);
    expect((await desk.orderOf(accountId, orderId)).stage).toBe('approved');
  });

  it('ends in its time also where the order was said again meanwhile', async () => {
    const { desk, pass } = slowDesk(0);
    const { orderId } = await desk.create(accountId, order, context);
    await pass(600);
    await desk.create(accountId, order, { ...context, commandId: derivedId('again') });
    await pass(400);
    expect((await desk.orderOf(accountId, orderId)).stage).toBe('approved');
  });

  it('ends once its warehouse may serve it, where that was disabled when its time came', async () => {
    const { desk, pass } = slowDesk(0);
    const { orderId } = await desk.create(accountId, order, context);
    isEnabled = false;
    await pass(1_000);
    expect((await desk.orderOf(accountId, orderId)).stage).toBe('on-hold');
    isEnabled = true;
    await pass(60_000);
    expect((await desk.orderOf(accountId, orderId)).stage).toBe('approved');
  });
});
