import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, orderOf, placeOrder, stockUp, type Merchant } from './testing/merchant';
import { startProgram } from './testing/product-process';
import { readStreams } from './testing/streams';

describe('more buyers than units', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
  }, 180_000);
  afterAll(() => installation.remove());

  it('200 at once, from two processes, for 50 units: exactly 50 are granted, and every other order waits with a reason', async () => {
    const merchant = await newMerchant(installation, null, { allowSplitting: false });
    await stockUp(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 50 }]);
    await knownToSales(merchant, 'TEA');
    const answers = (await Promise.all([buyers(merchant, 0), buyers(merchant, 100)])).flat();
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 200 }, () => 201));

    const streams = await readStreams(installation.databaseUrl());
    const outcomes = async () => [
      await streams.count(merchant.accountId, 'AllocationGranted'),
      await streams.count(merchant.accountId, 'AllocationWaiting'),
    ];
    expect(await eventually(outcomes, ([granted = 0, waiting = 0]) => granted + waiting >= 200)).toEqual([50, 150]);
    expect(await streams.allocated(merchant.accountId, 'tea')).toBe(50);
    await streams.close();

    const orders = await eventually(
      () => Promise.all(answers.map(({ orderId }) => orderOf(merchant, orderId))),
      (seen) => seen.every((order) => order?.status === 'fulfilling' || order?.backordered),
    );
    expect(orders.filter((order) => order?.status === 'fulfilling')).toHaveLength(50);
    expect(orders.filter((order) => order?.backordered && order.status === 'approved' && order.reasons.length > 0)).toHaveLength(150);
  }, 180_000);

  it('an order with two lines of one SKU never gets more than there is', async () => {
    const merchant = await newMerchant(installation, null);
    await stockUp(merchant, [{ sku: 'CUP', warehouse: 'NORTH', quantity: 3 }]);
    const two = (quantity: number) => [
      { sku: 'CUP', quantity },
      { sku: 'cup ', quantity: 2 },
    ];
    const tooMuch = await placeOrder(merchant, { orderNumber: 'TOO-MUCH', lines: two(2) });
    await eventually(
      () => orderOf(merchant, tooMuch),
      (order) => order?.backordered === true,
    );
    const fits = await placeOrder(merchant, { orderNumber: 'FITS', lines: two(1) });
    await eventually(
      () => orderOf(merchant, fits),
      (order) => order?.status === 'fulfilling',
    );
    const streams = await readStreams(installation.databaseUrl());
    expect(await streams.allocated(merchant.accountId, 'cup')).toBe(3);
    await streams.close();
  }, 120_000);

  it('an order with a bundle and its component never gets more than there is of both together', async () => {
    const merchant = await newMerchant(installation, null);
    await stockUp(merchant, [{ sku: 'SPOON', warehouse: 'NORTH', quantity: 5 }]);
    const set = { sku: 'SPOON-SET', name: 'Two spoons', components: [{ sku: 'SPOON', quantity: 2 }] };
    await succeed(merchant.post('catalog', '/variants', set));
    const setsAnd = (spoons: number) => [
      { sku: 'SPOON-SET', quantity: 2 },
      { sku: 'SPOON', quantity: spoons },
    ];
    const tooMuch = await placeOrder(merchant, { orderNumber: 'SET-TOO-MUCH', lines: setsAnd(2) });
    await eventually(
      () => orderOf(merchant, tooMuch),
      (order) => order?.backordered === true,
    );
    const fits = await placeOrder(merchant, { orderNumber: 'SET-FITS', lines: setsAnd(1) });
    await eventually(
      () => orderOf(merchant, fits),
      (order) => order?.status === 'fulfilling',
    );
    const streams = await readStreams(installation.databaseUrl());
    expect(await streams.allocated(merchant.accountId, 'spoon')).toBe(5);
    await streams.close();
  }, 120_000);

  it('two virtual warehouses that share a member never promise its units twice', async () => {
    const merchant = await newMerchant(installation, null);
    const { call, token, organizationId, of } = merchant;
    const create = async (body: unknown) =>
      String((await succeed(call('POST', `/v1/tenancy/organizations/${organizationId}/warehouses`, { token, body }))).body['warehouseId']);
    const west = await create({ code: 'WEST', name: 'West', kind: 'physical' });
    const other = await create({ code: 'OTHER', name: 'Other', kind: 'virtual', members: [merchant.warehouses.NORTH, west] });
    for (const id of [west, other]) await succeed(call('PUT', of('tenancy', `/warehouses/${id}`), { token, body: {} }));
    await stockUp(merchant, [{ sku: 'POT', warehouse: 'NORTH', quantity: 5 }]);
    await knownToSales(merchant, 'POT');
    const order = (orderNumber: string, warehouseId: string) =>
      placeOrder(merchant, { orderNumber, warehouseId, lines: [{ sku: 'POT', quantity: 3 }] });
    const both = await Promise.all([order('BY-BOTH', merchant.warehouses.BOTH), order('BY-OTHER', other)]);
    const seen = await eventually(
      () => Promise.all(both.map((orderId) => orderOf(merchant, orderId))),
      (orders) => orders.every((each) => each?.status === 'fulfilling' || each?.backordered),
    );
    expect(seen.map((each) => each?.status).sort()).toEqual(['approved', 'fulfilling']);
    const streams = await readStreams(installation.databaseUrl());
    expect(await streams.allocated(merchant.accountId, 'pot')).toBe(3);
    await streams.close();
  }, 120_000);
});

type Bought = { readonly status: number; readonly orderId: string };

/** A hundred orders by a process of its own. */
const buyers = async (merchant: Merchant, from: number): Promise<readonly Bought[]> => {
  const base = new URL(merchant.of('sales', '/sales-orders'), 'http://127.0.0.1');
  const { output, ended } = startProgram('buyers', {}, [merchant.base, merchant.token, base.pathname, 'TEA', String(from), '100']);
  await ended;
  return JSON.parse(output()) as readonly Bought[];
};

/** Catalog's news has reached sales: a draft that nobody sends is taken. */
const knownToSales = async (merchant: Merchant, sku: string): Promise<void> => {
  await placeOrder(merchant, { orderNumber: `DRAFT-${sku}`, status: 'draft', lines: [{ sku, quantity: 1 }] });
};
