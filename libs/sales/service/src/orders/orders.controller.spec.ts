import type { Caller } from '@stockproof/access';
import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import { ProblemException } from '@stockproof/http-problems';
import { inMemoryJobs } from '@stockproof/jobs';
import { inMemoryPersonalData } from '@stockproof/personal-data';
import { plainSettings } from '@stockproof/tenancy-contracts/testing';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import type { KnownAccount, KnownVariant } from '../reference/known-account';
import { salesOrders } from '../sales.streams';
import { OrdersController } from './orders.controller';
import type { CreateOrderRequest } from './orders.requests';
import { salesDesk } from './sales-desk';

const clock = { now: () => '2026-01-10T12:00:00.000Z' };
const accountId = derivedId('account');
const tea: KnownVariant = { sku_key: skuKey('TEA'), sku: 'TEA', components: [], archived: false };
const known: KnownAccount = {
  settings: async () => plainSettings,
  organizationOf: async () => null,
  warehouses: async () => [],
  variants: async () => new Map([[tea.sku_key, tea]]),
  skuMappings: async () => new Map(),
  salesChannel: async () => null,
};
const orders = salesOrders(commandHandling({ store: inMemoryEventStore({ clock }), clock }));
const desk = salesDesk({ orders, known, personalData: inMemoryPersonalData(clock), jobs: inMemoryJobs(clock), clock });
const ids = { commandId: derivedId('c'), correlationId: derivedId('c'), causationId: derivedId('c') };
const caller = { accountId, context: () => ({ ...ids, actor: 'user:1', organizationId: derivedId('organization'), accountId }) };

const refusalOf = async (body: CreateOrderRequest) => {
  const reply = { header: () => undefined, server: { stockproofService: 'sales' } } as never;
  try {
    return await new OrdersController(desk, clock).create(caller as unknown as Caller, body, reply);
  } catch (error) {
    if (!(error instanceof ProblemException)) throw error;
    const { status, code, hearsay, errors } = error.problem;
    return { status, code, hearsay, pointers: errors?.map(({ pointer, code: why }) => [pointer, why]) };
  }
};

const channelId = derivedId('channel');
const line = (sku: string) => ({ sku, quantity: 1 });

describe('an order that names what its account does not have', () => {
  it.each<[string, CreateOrderRequest, string, readonly (readonly string[])[]]>([
    ['a channel', { channelId, lines: [line('TEA')] }, 'unknown-channel', [['/channelId', 'unknown-channel']]],
    ['an article, written with a space', { lines: [line('TEA'), line(' MUG')] }, 'unknown-sku', [['/lines/1/sku', 'unknown-sku']]],
    [
      'both, and two of one',
      { channelId, lines: [line('MUG'), line('TEA'), line('CUP')] },
      'unknown-sku',
      [
        ['/lines/0/sku', 'unknown-sku'],
        ['/lines/2/sku', 'unknown-sku'],
        ['/channelId', 'unknown-channel'],
      ],
    ],
  ])('is refused with all of it: %s', async (_, body, code, pointers) => {
    expect(await refusalOf(body)).toEqual({ status: 422, code, hearsay: true, pointers });
  });

  it('is taken where nothing of it is missing', async () => {
    expect(await refusalOf({ status: 'draft', lines: [line('tea')] })).toMatchObject({ events: ['SalesOrderCreated'] });
  });
});
