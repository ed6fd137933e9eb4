import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { adjust, openShop, orderWhen } from './testing/order-desk';
import { countEventsAtRest } from './testing/streams';

type Body = Readonly<Record<string, unknown>>;
type Outcome = {
  readonly shipments: number;
  readonly choices: readonly { readonly warehouseId: string }[];
  readonly reasons: readonly { readonly code: string; readonly reason: string }[];
};

const ask = async (merchant: Merchant, path: string, body: object): Promise<Body> =>
  (await succeed(merchant.post('stock', path, body))).body;

const periodWhen = async (merchant: Merchant, body: object): Promise<Body> => {
  const asked = await ask(merchant, '/what-ifs', body);
  const answered = await eventually(
    async () => (await succeed(merchant.get('stock', `/what-ifs/${String(asked['whatIfId'])}`))).body,
    ({ status }) => status === 'done' || status === 'failed',
  );
  expect(answered).toMatchObject({ status: 'done', error: null, progress: { done: 1_000, of: 1_000 } });
  return answered;
};

const rowsOf = async (merchant: Merchant, { whatIfId }: Body, what: 'orders' | 'levels'): Promise<readonly Body[]> =>
  (await succeed(merchant.get('stock', `/what-ifs/${String(whatIfId)}/${what}`))).body['items'] as readonly Body[];

describe('what if it had been decided otherwise', () => {
  let installation: Installation;
  let merchant: Merchant;
  let split: string;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    await openShop(merchant, [
      { sku: 'POT', warehouse: 'NORTH', quantity: 2 },
      { sku: 'LID', warehouse: 'SOUTH', quantity: 2 },
      { sku: 'CUP', warehouse: 'NORTH', quantity: 2 },
      { sku: 'CUP', warehouse: 'SOUTH', quantity: 2 },
    ]);
    const lines = [
      { sku: 'POT', quantity: 2 },
      { sku: 'LID', quantity: 2 },
    ];
    split = await placeOrder(merchant, { orderNumber: 'SPLIT', lines });
    await orderWhen(merchant, split, ({ shipments }) => shipments.length === 2);
    const late = await placeOrder(merchant, { orderNumber: 'LATE', lines: [{ sku: 'POT', quantity: 1 }] });
    await orderWhen(merchant, late, ({ backordered }) => backordered);
    await adjust(merchant, 'POT', 'NORTH', 1);
    await orderWhen(merchant, late, ({ shipments }) => shipments.length === 1);
  }, 180_000);
  afterAll(() => installation.remove());

  it('an order is asked about against its record and against the stock of now, a basket against the stock of now; nothing is written', async () => {
    const before = await countEventsAtRest(installation.databaseUrl());
    const whole = await ask(merchant, `/allocations/${split.toUpperCase()}/what-if`, { settings: { allowSplitting: false } });
    const outcome = whole['outcome'] as Outcome;
    expect([outcome.shipments, outcome.reasons.map(({ reason }) => reason)]).toEqual([
      0,
      ['splitting-not-allowed', 'splitting-not-allowed'],
    ]);
    expect(whole).toMatchObject({ against: 'recorded', recorded: { shipments: 2 } });
    expect(whole['differences']).toHaveLength(2);

    const now = await ask(merchant, `/allocations/${split}/what-if`, { against: 'now' });
    expect(now).toMatchObject({ against: 'now', outcome: { shipments: 2 }, differences: [] });

    const basket = await ask(merchant, '/what-if/baskets', { lines: [{ sku: 'pot', quantity: 1 }] });
    expect(basket).toMatchObject({ outcome: { shipments: 0, missing: [{ sku: 'pot', quantity: 1 }] }, recorded: null });
    const elsewhere = { lines: [{ sku: 'POT', quantity: 1 }], warehouses: [{ warehouseId: merchant.warehouses.BOTH }] };
    expect((await merchant.post('stock', '/what-if/baskets', elsewhere)).body).toMatchObject({ code: 'not-a-physical-warehouse' });
    expect(await countEventsAtRest(installation.databaseUrl())).toBe(before);
  });

  it('a period is decided once more: the same with the same settings, otherwise with others; nothing is written', async () => {
    const before = await countEventsAtRest(installation.databaseUrl());
    const from = '2020-01-01T00:00:00.000Z';
    const same = await periodWhen(merchant, { from });
    expect(same['result']).toMatchObject({ different: 0, listed: 0, levelsDifferent: 0 });
    expect(await rowsOf(merchant, same, 'orders')).toEqual([]);

    const whole = await periodWhen(merchant, { from, settings: { allowSplitting: false } });
    const orders = await rowsOf(merchant, whole, 'orders');
    expect(orders.map(({ orderNumber, recorded, whatIf }) => ({ orderNumber, recorded, whatIf }))).toEqual([
      {
        orderNumber: 'SPLIT',
        recorded: { status: 'granted', shipments: 2, decidedAt: expect.any(String) },
        whatIf: { status: 'waiting', shipments: 0, decidedAt: null },
      },
    ]);
    const levels = await rowsOf(merchant, whole, 'levels');
    expect(levels.map(({ sku, recorded, whatIf }) => ({ sku, recorded, whatIf }))).toEqual([
      { sku: 'LID', recorded: { total: 2, unsellable: 0, promised: 2 }, whatIf: { total: 2, unsellable: 0, promised: 0 } },
      { sku: 'POT', recorded: { total: 3, unsellable: 0, promised: 3 }, whatIf: { total: 3, unsellable: 0, promised: 1 } },
    ]);
    expect((await merchant.post('stock', '/what-ifs', { from: '2999-01-01T00:00:00Z' })).body).toMatchObject({ code: 'no-period' });
    expect(await countEventsAtRest(installation.databaseUrl())).toBe(before);
  });

  it('a recorded decision is replayed to the same bytes, in whatever case its order is asked for', async () => {
    const { body } = await succeed(merchant.get('stock', `/allocations/${split.toUpperCase()}/decisions`));
    expect(body['decisions']).toEqual([expect.objectContaining({ replaysEqual: true })]);
  });

  it('a basket goes by the priorities of the warehouses as they are', async () => {
    const { NORTH, SOUTH } = merchant.warehouses;
    const where = async () => {
      const { outcome } = await ask(merchant, '/what-if/baskets', { lines: [{ sku: 'CUP', quantity: 1 }] });
      return (outcome as Outcome).choices.map(({ warehouseId }) => warehouseId);
    };
    expect(await where()).toEqual([NORTH]);
    const path = `/v1/tenancy/organizations/${merchant.organizationId}/warehouses/${NORTH}`;
    await succeed(merchant.call('PATCH', path, { token: merchant.token, body: { priority: 1_000 } }));
    await eventually(where, ([warehouseId]) => warehouseId === SOUTH);
  });
});
