import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, orderOf, placeOrder, type Merchant } from './testing/merchant';
import { levelsWhen, openShop, orderWhen, tell } from './testing/order-desk';
import { startSimulator, type Simulator } from './testing/simulator';
import { journalOf, putBehind, type WarehouseSystem } from './testing/warehouse-system';

const behaviours = ['SHORT', 'TWICE', 'LOST', 'LATE', 'REFUSE', 'CANCEL'] as const;
type Behaviour = (typeof behaviours)[number];

describe('a warehouse that misbehaves', () => {
  let installation: Installation;
  let simulator: Simulator;
  let merchant: Merchant;
  let warehouse: WarehouseSystem;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, simulator);
    warehouse = await putBehind(merchant, simulator, 'NORTH');
    await openShop(
      merchant,
      behaviours.map((sku) => ({ sku, warehouse: 'NORTH', quantity: 10 })),
    );
    await warehouse.byHand('PUT', '/stock', { rows: behaviours.map((sku) => ({ sku, quantity: 10 })) });
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  it('ships less, tells twice, loses answers, is late, refuses, cancels: order, shipment and stock end as they should, each thing done once', async () => {
    const orders = new Map<Behaviour, string>();
    for (const sku of behaviours)
      orders.set(
        sku,
        await placeOrder(merchant, { orderNumber: `WMS-${sku}`, warehouseId: merchant.warehouses.NORTH, lines: [{ sku, quantity: 2 }] }),
      );
    const order = (behaviour: Behaviour): string => orders.get(behaviour) ?? '';
    const end = async (behaviour: Behaviour, status: string): Promise<readonly unknown[]> => {
      const seen = await orderWhen(merchant, order(behaviour), (each) => each.shipments[0]?.status === status);
      return [
        seen.status,
        ...seen.shipments.flatMap(({ units, packages }) => [units.map((unit) => [unit.quantity, unit.shipped]), packages.length]),
      ];
    };
    expect(await end('SHORT', 'shipped')).toEqual(['partially-fulfilled', [[2, 1]], 1]);
    expect(await end('TWICE', 'shipped')).toEqual(['shipped', [[2, 2]], 1]);
    expect(await end('CANCEL', 'cancelled')).toEqual(['approved', [[2, 0]], 0]);
    expect(await end('LOST', 'shipped')).toEqual(['shipped', [[2, 2]], 1]);
    await warehouse.byHand('POST', '/advance', { calls: 10 });
    expect(await end('LATE', 'shipped')).toEqual(['shipped', [[2, 2]], 1]);
    const refused = await orderWhen(merchant, order('REFUSE'), ({ shipments }) => shipments[0]?.failure !== null);
    expect([refused.status, refused.shipments[0]?.status, refused.shipments[0]?.failure]).toEqual([
      'fulfilling',
      'ready-to-send',
      expect.stringContaining('refuse'),
    ]);

    await levelsWhen(merchant, {
      'SHORT NORTH': '9/0/0/9',
      'TWICE NORTH': '8/0/0/8',
      'CANCEL NORTH': '10/0/0/10',
      'LOST NORTH': '8/0/0/8',
      'LATE NORTH': '8/0/0/8',
      'REFUSE NORTH': '10/2/0/8',
      'SHORT BOTH': '9/0/0/9',
    });
    const journal = await journalOf(simulator, warehouse);
    const entries = (behaviour: Behaviour) =>
      journal.filter((entry) => entry.orderNumber === `WMS-${behaviour}`).map((entry) => entry.kind);
    for (const behaviour of ['SHORT', 'TWICE', 'LOST', 'LATE'] as const)
      expect([behaviour, ...entries(behaviour)]).toEqual([behaviour, 'shipment-taken', 'shipment-left']);
    expect(entries('CANCEL')).toEqual(['shipment-taken', 'shipment-cancelled']);
    expect(entries('REFUSE')).toEqual(['shipment-refused']);
    const shipped = (sku: string): number =>
      journal
        .filter((entry) => entry.kind === 'shipment-left')
        .flatMap((entry) => entry.lines ?? [])
        .reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
    await levelsWhen(
      merchant,
      Object.fromEntries(
        behaviours.filter((sku) => sku !== 'REFUSE').map((sku) => [`${sku} NORTH`, `${10 - shipped(sku)}/0/0/${10 - shipped(sku)}`]),
      ),
    );
    expect(await warehouse.onHand()).toEqual(Object.fromEntries(behaviours.map((sku) => [sku, 10 - shipped(sku)])));
  }, 90_000);

  it('what it refused goes back to stock with the shipment, and the order may be cancelled', async () => {
    const orderId = await placeOrder(merchant, {
      orderNumber: 'AGAIN-REFUSE',
      warehouseId: merchant.warehouses.NORTH,
      lines: [{ sku: 'REFUSE', quantity: 3 }],
    });
    const { shipments } = await orderWhen(merchant, orderId, (order) => typeof order.shipments[0]?.failure === 'string');
    await succeed(merchant.post('sales', `/shipments/${shipments[0]?.shipmentId}/cancel`, { reason: 'the warehouse does not take it' }));
    await tell(merchant, orderId, 'cancel', { reason: 'cannot be served' });
    await orderWhen(merchant, orderId, (order) => order.status === 'cancelled');
    await levelsWhen(merchant, { 'REFUSE NORTH': '10/2/0/8' });
  }, 60_000);

  it('is asked to give a shipment back that it has taken: agreed, its units are free; too late, they leave', async () => {
    const [agreed, tooLate] = await Promise.all([
      takenOn(merchant, 'AGREED-WAIT', 'CANCEL', 4),
      takenOn(merchant, 'TOO-LATE-WAIT', 'CANCEL', 4),
    ]);
    await warehouse.byHand('POST', `/shipments/${tooLate.shipmentId}/ship`, { quantities: { 1: 1 }, completion: 'more-expected' });
    await orderWhen(merchant, tooLate.orderId, (order) => order.shipments[0]?.status === 'short-shipped');
    for (const { shipmentId } of [agreed, tooLate]) {
      const answer = await succeed(merchant.post('sales', `/shipments/${shipmentId}/cancel`, { reason: 'changed their mind' }));
      expect(answer.body['events']).toEqual(['ShipmentCancelRequested']);
    }
    expect((await orderWhen(merchant, agreed.orderId, (order) => order.shipments[0]?.status === 'cancelled')).status).toBe('approved');
    const asked = () =>
      journalOf(simulator, warehouse).then((journal) =>
        journal
          .filter((entry) => entry.shipmentId === agreed.shipmentId || entry.shipmentId === tooLate.shipmentId)
          .map((entry) => entry.kind),
      );
    await eventually(asked, (kinds) => kinds.includes('cancellation-refused'));
    const kept = await orderWhen(merchant, tooLate.orderId, (order) => order.shipments[0]?.status === 'short-shipped');
    expect(kept.status).toBe('partially-fulfilled');
    await levelsWhen(merchant, { 'CANCEL NORTH': '9/3/0/6' });
    await warehouse.byHand('POST', `/shipments/${tooLate.shipmentId}/ship`, {});
    await orderWhen(merchant, tooLate.orderId, (order) => order.status === 'shipped');
    await levelsWhen(merchant, { 'CANCEL NORTH': '6/0/0/6' });
    expect((await asked()).sort()).toEqual([
      'cancellation-refused',
      'shipment-cancelled',
      'shipment-left',
      'shipment-left',
      'shipment-taken',
      'shipment-taken',
    ]);

    // It sends what it had agreed to keep: the goods are gone, whatever the papers say, and the order has them.
    const left = {
      kind: 'shipped',
      completion: 'complete',
      lines: [{ lineNumber: 1, sku: 'CANCEL', shippedQuantity: 4 }],
      packages: [{ packageId: 'sent-after-all' }],
    };
    await warehouse.byHand('POST', `/shipments/${agreed.shipmentId}/report`, { change: left });
    await levelsWhen(merchant, { 'CANCEL NORTH': '2/0/0/2' });
    const again = await merchant.post('sales', `/sales-orders/${agreed.orderId}/allocate`, {});
    expect([again.status, again.body['code']]).toEqual([409, 'nothing-to-allocate']);
  }, 60_000);

  it('pushes what a poll brings too: the effect is one; what is not signed by it is refused and changes nothing', async () => {
    const [pushed, both, polled] = await Promise.all([
      takenOn(merchant, 'PUSHED-WAIT', 'LOST', 1),
      takenOn(merchant, 'BOTH-WAIT', 'LOST', 1),
      takenOn(merchant, 'POLLED-WAIT', 'LOST', 1),
    ]);
    // Never told by the feed: only a push can have brought it.
    const update = {
      updateId: 'pushed-1',
      shipmentId: pushed.shipmentId,
      externalShipmentId: 'W-1',
      happenedAt: new Date().toISOString(),
      change: {
        kind: 'shipped',
        completion: 'complete',
        lines: [{ lineNumber: 1, sku: 'LOST', shippedQuantity: 1 }],
        packages: [{ packageId: 'P-1', trackingNumber: 'T-1' }],
      },
    };
    expect(await warehouse.push(update, { secret: `whsec_${Buffer.from('somebody else has this secret').toString('base64')}` })).toEqual([
      401,
      'push-untrusted',
    ]);
    expect(await warehouse.push(update, { sentAt: new Date(Date.now() - 3_600_000) })).toEqual([401, 'push-untrusted']);
    expect((await orderOf(merchant, pushed.orderId))?.status).toBe('fulfilling');
    expect(await warehouse.push(update)).toEqual([200, 1]);
    expect((await warehouse.push(update))[0]).toBe(200);
    const shipped = await orderWhen(merchant, pushed.orderId, (order) => order.status === 'shipped');
    expect(shipped.shipments[0]?.packages).toHaveLength(1);
    await levelsWhen(merchant, { 'LOST NORTH': '7/2/0/5' });

    // Told by both: the simulator pushes what its feed shows as well.
    await warehouse.byHand('PUT', '/settings', { callbackUrl: merchant.base + warehouse.pushPath, pushSecret: warehouse.secret });
    await warehouse.byHand('POST', `/shipments/${both.shipmentId}/ship`, {});
    await orderWhen(merchant, both.orderId, (order) => order.status === 'shipped');
    // Behind it in the feed and told by nothing else: once it is known, the poll has read both.
    await warehouse.byHand('PUT', '/settings', {});
    await warehouse.byHand('POST', `/shipments/${polled.shipmentId}/ship`, {});
    await orderWhen(merchant, polled.orderId, (order) => order.status === 'shipped');
    await levelsWhen(merchant, { 'LOST NORTH': '5/0/0/5' });
    expect(
      (await orderOf(merchant, both.orderId))?.shipments.map(({ packages, units }) => [packages.length, units.map((unit) => unit.shipped)]),
    ).toEqual([[1, [1]]]);
  }, 60_000);
});

/** An order whose only shipment the warehouse has taken on. */
const takenOn = async (
  merchant: Merchant,
  orderNumber: string,
  sku: string,
  quantity: number,
): Promise<{ readonly orderId: string; readonly shipmentId: string }> => {
  const orderId = await placeOrder(merchant, { orderNumber, warehouseId: merchant.warehouses.NORTH, lines: [{ sku, quantity }] });
  const { shipments } = await orderWhen(merchant, orderId, (order) => order.shipments[0]?.status === 'sent-to-warehouse');
  return { orderId, shipmentId: shipments[0]?.shipmentId ?? '' };
};
