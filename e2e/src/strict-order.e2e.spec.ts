import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { adjust, levelsWhen, openShop, orderWhen } from './testing/order-desk';

type Attempt = {
  readonly status: string;
  readonly behind: { readonly orderNumber: string | null; readonly skus: readonly string[] } | null;
};

describe('an older order that waits for a SKU, and a younger one that there is enough for', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
  }, 180_000);
  afterAll(() => installation.remove());

  const shopWith = async (settings: Record<string, unknown>): Promise<Merchant> => {
    const merchant = await newMerchant(installation, null, settings);
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 2 },
      { sku: 'CUP', warehouse: 'NORTH', quantity: 1 },
    ]);
    return merchant;
  };
  const order = (merchant: Merchant, orderNumber: string, sku: string, quantity: number, day: number): Promise<string> =>
    placeOrder(merchant, {
      orderNumber,
      orderDate: `2026-01-0${day}T00:00:00.000Z`,
      warehouseId: merchant.warehouses.NORTH,
      lines: [{ sku, quantity }],
    });
  const attemptOf = (
    merchant: Merchant,
    orderId: string,
    wanted: (attempt: Attempt | undefined) => boolean,
  ): Promise<Attempt | undefined> =>
    eventually(
      async () => ((await merchant.get('stock', `/allocations?orderId=${orderId}`)).body['items'] as readonly Attempt[]).at(-1),
      wanted,
    );

  it('strict order on: the younger one waits behind it, says behind whom, and goes after it', async () => {
    const merchant = await shopWith({ strictOrder: true });
    const old = await order(merchant, 'OLD', 'TEA', 5, 1);
    await orderWhen(merchant, old, (each) => each.backordered);
    const young = await order(merchant, 'YOUNG', 'TEA', 1, 2);
    expect((await orderWhen(merchant, young, (each) => each.backordered)).reasons).toEqual(['not-its-turn']);
    expect(await attemptOf(merchant, young, (attempt) => attempt?.status === 'waiting')).toMatchObject({
      behind: { orderNumber: 'OLD', skus: ['TEA'] },
    });
    expect(await attemptOf(merchant, old, (attempt) => attempt?.status === 'waiting')).toMatchObject({ behind: null });
    // Who wants something else is in nobody's way.
    await orderWhen(merchant, await order(merchant, 'OTHER', 'CUP', 1, 3), (each) => each.status === 'fulfilling');

    await adjust(merchant, 'TEA', 'NORTH', 3);
    await orderWhen(merchant, old, (each) => each.status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '5/5/0/0' });
    expect(await attemptOf(merchant, young, (attempt) => attempt?.behind === null)).toMatchObject({ status: 'waiting' });
    await adjust(merchant, 'TEA', 'NORTH', 1);
    await orderWhen(merchant, young, (each) => each.status === 'fulfilling');
    expect(await attemptOf(merchant, young, (attempt) => attempt?.status === 'granted')).toMatchObject({ behind: null });
  }, 60_000);

  it('strict order off: the younger one goes, and the older one is tried again when more comes', async () => {
    const merchant = await shopWith({});
    const old = await order(merchant, 'OLD', 'TEA', 5, 1);
    await orderWhen(merchant, old, (each) => each.backordered);
    await orderWhen(merchant, await order(merchant, 'YOUNG', 'TEA', 1, 2), (each) => each.status === 'fulfilling');
    expect((await orderWhen(merchant, old, () => true)).backordered).toBe(true);
    await adjust(merchant, 'TEA', 'NORTH', 4);
    await orderWhen(merchant, old, (each) => each.status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '6/6/0/0' });
  }, 60_000);
});
