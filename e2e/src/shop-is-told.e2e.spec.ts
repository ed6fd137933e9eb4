import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { openShop, orderWhen } from './testing/order-desk';
import { startSimulator, type Simulator } from './testing/simulator';

type Update = {
  readonly status: string;
  readonly lines: readonly { readonly sku: string; readonly shippedQuantity: number }[];
  readonly packages: readonly { readonly shipmentId: string; readonly packageId: string; readonly trackingNumber: string | null }[];
};
type Told = { readonly outcome: string; readonly packages: readonly unknown[] };

const numbers = ['TOLD-2STEP', 'TOLD-LOST', 'TOLD-TWICE'];

describe('a shop hears what became of its orders', () => {
  let installation: Installation;
  let simulator: Simulator;
  let merchant: Merchant;
  let shop: string;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, simulator);
    shop = `${simulator.url}/shops/${merchant.accountId.slice(0, 8)}`;
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 20 },
      { sku: 'RUM', warehouse: 'SOUTH', quantity: 20 },
    ]);
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  const toldOf = async (number: string): Promise<readonly Update[]> => {
    const { told } = (await (await fetch(shop)).json()) as { readonly told: Readonly<Record<string, readonly Update[]>> };
    return told[number] ?? [];
  };

  it('each shipment and parcel once and with right totals, though answers are lost and the product is killed in between', async () => {
    const { body } = await succeed(
      merchant.post('tenancy', '/sales-channels', { code: 'SHOP', name: 'Shop', connector: 'generic-http', endpointUrl: shop }),
    );
    const orders = new Map<string, string>();
    for (const orderNumber of numbers)
      orders.set(
        orderNumber,
        await placeOrder(merchant, {
          ...{ orderNumber, channelId: body['channelId'] },
          lines: [
            { sku: 'TEA', quantity: 4 },
            { sku: 'RUM', quantity: 2 },
          ],
        }),
      );
    await eventually(
      () => Promise.all(numbers.map(toldOf)),
      (updates) => updates.some((each) => each.length > 0),
    );
    await installation.kill();
    await installation.start('all-in-one');

    for (const number of numbers) {
      const updates = await eventually(
        () => toldOf(number),
        (seen) => seen.at(-1)?.status === 'shipped',
      );
      expect([number, updates.at(-1)?.lines.map((line) => line.shippedQuantity)]).toEqual([number, [4, 2]]);
      const totals = updates.map(({ lines }) => lines.reduce((sum, line) => sum + line.shippedQuantity, 0));
      expect(totals).toEqual([...totals].sort((one, other) => one - other));
      const parcels = updates.flatMap(({ packages }) => packages.map(({ shipmentId, packageId }) => `${shipmentId}/${packageId}`));
      expect([number, new Set(parcels).size]).toEqual([number, parcels.length]);

      const order = await orderWhen(merchant, orders.get(number) ?? '', (seen) =>
        (seen as unknown as { readonly told: readonly Told[] }).told.every(({ outcome }) => outcome === 'told'),
      );
      expect([number, order.shipments.flatMap((shipment) => shipment.packages).length]).toEqual([number, parcels.length]);
      expect((order as unknown as { readonly told: readonly Told[] }).told).toHaveLength(updates.length);
    }
  }, 120_000);
});
