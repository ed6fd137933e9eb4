import type { Caller } from '@stockproof/access';
import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import { ProblemException } from '@stockproof/http-problems';
import { inMemoryJobs } from '@stockproof/jobs';
import { inMemoryPersonalData } from '@stockproof/personal-data';
import { plainSettings } from '@stockproof/tenancy-contracts/testing';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import type { KnownAccount, KnownVariant, KnownWarehouse } from '../reference/known-account';
import { salesOrders } from '../sales.streams';
import { OrdersController } from './orders.controller';
import type { CreateOrderRequest, OrderAnswer } from './orders.requests';
import { salesDesk } from './sales-desk';

const clock = { now: () => '2026-01-10T12:00:00.000Z' };
const accountId = derivedId('account');
const tea: KnownVariant = { sku_key: skuKey('TEA'), sku: 'TEA', components: [], archived: false };
const [north, both, empty, nowhere, elsewhere] = ['north', 'both', 'empty', 'nowhere', 'elsewhere'].map((name) => derivedId(name)) as [
  ...[string, string, string, string, string],
];
const warehouse = (warehouse_id: string, members: readonly string[] | null): KnownWarehouse => ({
  ...{ warehouse_id, code: warehouse_id, priority: 1, channel: null },
  ...{ kind: members === null ? 'physical' : 'virtual', members: members ?? [] },
});
const allThree = [warehouse(north, null), warehouse(both, [north]), warehouse(empty, [elsewhere])];
let warehouses: readonly KnownWarehouse[];
let defaultWarehouseId: string | null;
beforeEach(() => {
  [warehouses, defaultWarehouseId] = [allThree, null];
});
const known: KnownAccount = {
  settings: async () => ({ ...plainSettings, defaultWarehouseId, automaticSalesWorkflow: true }),
  organizationOf: async () => null,
  warehouses: async () => warehouses,
  variants: async () => new Map([[tea.sku_key, tea]]),
  skuMappings: async () => new Map(),
  salesChannel: async () => null,
};
const orders = salesOrders(commandHandling({ store: inMemoryEventStore({ clock }), clock }));
const desk = salesDesk({ orders, known, personalData: inMemoryPersonalData(clock), jobs: inMemoryJobs(clock), clock });
let calls = 0;
const context = () => {
  const commandId = derivedId('call', (calls += 1));
  return { ...{ commandId, correlationId: commandId, causationId: commandId }, actor: 'user:1', organizationId: accountId, accountId };
};
const caller = { accountId, context } as unknown as Caller;
const reply = { header: () => undefined, server: { stockproofService: 'sales' } } as never;
const controller = new OrdersController(desk, clock);

const answerOf = (answer: Promise<OrderAnswer>) =>
  answer.catch((error: unknown) => {
    if (!(error instanceof ProblemException)) throw error;
    const { status, code, hearsay, errors } = error.problem;
    return { status, code, hearsay, pointers: errors?.map(({ pointer, code: why }) => [pointer, why]) };
  });
const create = (body: CreateOrderRequest) => answerOf(controller.create(caller, body, reply));
const approve = (orderId: string) => answerOf(controller.approve(caller, orderId, reply));

const channelId = derivedId('channel');
const line = (sku: string, warehouseId?: string) => ({ sku, quantity: 1, ...(warehouseId === undefined ? {} : { warehouseId }) });
const shipTo = { name: 'P', street: ['S 1'], postalCode: '1', city: 'C', countryCode: 'NL' };
const draft = async (body: Partial<CreateOrderRequest>): Promise<string> => {
  const created = await controller.create(caller, { status: 'draft', shipTo, lines: [line('TEA')], ...body }, reply);
  return created.orderId;
};

describe('an order that names what its account does not have', () => {
  it.each<[string, CreateOrderRequest, string, readonly (readonly string[])[]]>([
    ['a channel', { channelId, lines: [line('TEA')] }, 'unknown-channel', [['/channelId', 'unknown-channel']]],
    ['an article, written with a space', { lines: [line('TEA'), line(' MUG')] }, 'unknown-sku', [['/lines/1/sku', 'unknown-sku']]],
    [
      'all of it, and two of one',
      { channelId, warehouseId: nowhere, lines: [line('MUG'), line('TEA', nowhere), line('CUP', elsewhere)] },
      'unknown-sku',
      [
        ['/lines/0/sku', 'unknown-sku'],
        ['/lines/2/sku', 'unknown-sku'],
        ['/channelId', 'unknown-channel'],
        ['/warehouseId', 'unknown-warehouse'],
        ['/lines/1/warehouseId', 'unknown-warehouse'],
        ['/lines/2/warehouseId', 'unknown-warehouse'],
      ],
    ],
    ['a warehouse', { warehouseId: nowhere, lines: [line('TEA')] }, 'unknown-warehouse', [['/warehouseId', 'unknown-warehouse']]],
    [
      'a warehouse for one line, also of a draft',
      { status: 'draft', lines: [line('TEA', north), line('TEA', nowhere)] },
      'unknown-warehouse',
      [['/lines/1/warehouseId', 'unknown-warehouse']],
    ],
    [
      'a virtual warehouse of none that is enabled',
      { warehouseId: empty, lines: [line('TEA')] },
      'unknown-warehouse',
      [['/warehouseId', 'unknown-warehouse']],
    ],
  ])('is refused with all of it: %s', async (_, body, code, pointers) => {
    expect(await create(body)).toEqual({ status: 422, code, hearsay: true, pointers });
  });

  it('is taken where nothing of it is missing', async () => {
    expect(await create({ status: 'draft', lines: [line('tea')] })).toMatchObject({ events: ['SalesOrderCreated'] });
    const asked = { events: ['SalesOrderCreated', 'AllocationAsked'] };
    expect(await create({ status: 'approved', shipTo, warehouseId: both, lines: [line('TEA'), line('TEA', north)] })).toMatchObject(asked);
  });
});

describe('an order that nobody can serve', () => {
  const noWarehouse = { status: 422, code: 'no-warehouse', hearsay: true };
  const approved = { events: ['SalesOrderApproved', 'AllocationAsked'] };

  it('stays a draft where its warehouse was disabled since, or the account has no default, until it has', async () => {
    const [named, unnamed] = [await draft({ warehouseId: north }), await draft({})];
    warehouses = [];
    expect([await approve(named), await approve(unnamed)]).toMatchObject([noWarehouse, noWarehouse]);
    [warehouses, defaultWarehouseId] = [allThree, both];
    expect([await approve(named), await approve(unnamed)]).toMatchObject([approved, approved]);
  });

  it('is none yet where the default of the account has not been heard of: every account has its default', async () => {
    const unnamed = await draft({});
    [warehouses, defaultWarehouseId] = [[], north];
    const comeAgain = { status: 503, code: 'not-heard-yet', hearsay: true };
    expect(await approve(unnamed)).toMatchObject(comeAgain);
    expect(await create({ status: 'approved', shipTo, lines: [line('TEA')] })).toMatchObject(comeAgain);
    warehouses = allThree;
    expect(await approve(unnamed)).toMatchObject(approved);
  });
});
