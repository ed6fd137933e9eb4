import { newInstallation, type Installation } from './testing/installation';
import { levelsOf, newMerchant, orderOf, placeOrder, type Merchant } from './testing/merchant';
import { levelsWhen, openShop, orderWhen } from './testing/order-desk';
import { untilTrue, type ProductProcess } from './testing/product-process';

describe('one of the services stopped', () => {
  let installation: Installation;
  let product: ProductProcess;
  let merchant: Merchant;

  beforeAll(async () => {
    installation = await newInstallation();
    product = await installation.start('services-launcher');
    merchant = await newMerchant(installation, null);
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 5 }]);
  }, 180_000);
  afterAll(() => installation.remove());

  it('stock killed (-9): it answers 503, the others answer and take orders; started again, the orders are allocated', async () => {
    const pid = Number(/^\s*stock\s+process (\d+)/m.exec(product.output())?.[1]);
    process.kill(pid, 'SIGKILL');
    await untilTrue(
      () => /stock has ended \(signal SIGKILL\)/.test(product.output()),
      10_000,
      () => product.output(),
    );

    const refused = await askOnce(merchant, merchant.of('stock', '/levels'));
    expect([refused.status, refused.headers.get('content-type')]).toEqual([503, expect.stringContaining('application/problem+json')]);
    expect(await refused.json()).toMatchObject({ status: 503, code: 'service-unavailable', retryable: true });
    const others = [
      merchant.of('tenancy', ''),
      merchant.of('catalog', '/variants'),
      merchant.of('sales', '/sales-orders'),
      merchant.of('purchasing', '/purchase-orders'),
    ];
    expect(await Promise.all(others.map(async (path) => (await askOnce(merchant, path)).status))).toEqual([200, 200, 200, 200]);

    const orderId = await placeOrder(merchant, { orderNumber: 'TAKEN-MEANWHILE', lines: [{ sku: 'TEA', quantity: 2 }] });
    await orderWhen(merchant, orderId, (order) => order.status === 'approved');
    await installation.stop();
    await installation.start('services-launcher');
    await orderWhen(merchant, orderId, (order) => order.status === 'fulfilling');
    expect((await orderOf(merchant, orderId))?.shipments).toHaveLength(1);
    await levelsWhen(merchant, { 'TEA NORTH': '5/2/0/3', 'TEA BOTH': '5/2/0/3' });
    expect(Object.keys(await levelsOf(merchant))).toHaveLength(2);
  }, 180_000);
});

/** Asked without patience: a 503 is an answer here. */
const askOnce = (merchant: Merchant, path: string): Promise<Response> =>
  fetch(merchant.base + path, { headers: { authorization: `Bearer ${merchant.token}` } });
