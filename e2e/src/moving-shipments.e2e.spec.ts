import { newInstallation, type Installation } from './testing/installation';
import { newMerchant, placeOrder, type Merchant, type Order } from './testing/merchant';
import { availabilitySteps, levelsWhen, movementsOf, openShop, orderWhen } from './testing/order-desk';
import { startSimulator, type Simulator } from './testing/simulator';
import { journalOf, putBehind, type WarehouseSystem } from './testing/warehouse-system';

type Move = {
  readonly status: string;
  readonly because: string | null;
  readonly toWarehouseId: string;
  readonly toShipmentId: string | null;
};
const movesOf = (order: Order): readonly Move[] => (order as Order & { readonly moves: readonly Move[] }).moves;

describe('a shipment that is to leave from another warehouse', () => {
  let installation: Installation;
  let simulator: Simulator;
  let merchant: Merchant;
  let north: WarehouseSystem;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
    // A system stands behind NORTH only: what is to leave from SOUTH waits there to be sent.
    merchant = await newMerchant(installation, null);
    north = await putBehind(merchant, simulator, 'NORTH');
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 5 },
      { sku: 'TEA', warehouse: 'SOUTH', quantity: 3 },
      { sku: 'CANCEL', warehouse: 'NORTH', quantity: 4 },
      { sku: 'CANCEL', warehouse: 'SOUTH', quantity: 4 },
    ]);
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  const move = (shipmentId: string, toWarehouseId: string) =>
    merchant.post('sales', `/shipments/${shipmentId}/move`, { toWarehouseId, reason: 'the roof leaks' });

  it('of which nobody was told: the new one takes its place, and its units are never promised by nobody', async () => {
    const { NORTH, SOUTH } = merchant.warehouses;
    const orderId = await placeOrder(merchant, { orderNumber: 'MOVES-WAIT', warehouseId: SOUTH, lines: [{ sku: 'TEA', quantity: 3 }] });
    const before = await orderWhen(merchant, orderId, (order) => order.status === 'fulfilling');
    const [old] = before.shipments;
    const asked = await move(old?.shipmentId ?? '', NORTH);
    expect([asked.status, asked.body['events']]).toEqual([200, ['ShipmentMoveAsked']]);
    const order = await orderWhen(merchant, orderId, (each) => movesOf(each)[0]?.status === 'moved');
    const ofNorth = order.shipments.find((each) => each.warehouseId === NORTH);
    expect(movesOf(order)).toMatchObject([{ toWarehouseId: NORTH, toShipmentId: ofNorth?.shipmentId, because: null }]);
    expect([order.status, order.shipments.find((each) => each.shipmentId === old?.shipmentId)?.status]).toEqual([
      'fulfilling',
      'cancelled',
    ]);
    await orderWhen(merchant, orderId, (each) => each.shipments.some((shipment) => shipment.status === 'sent-to-warehouse'));
    await levelsWhen(merchant, { 'TEA NORTH': '5/3/0/2', 'TEA SOUTH': '3/0/0/3', 'TEA BOTH': '8/3/0/5' });

    const ledger = (await movementsOf(merchant, 'TEA')).filter(({ orderId: of, allocated }) => of === orderId && allocated !== 0);
    expect(availabilitySteps(ledger)).toEqual([-3, -3, 3]);
    expect(ledger.map((row) => [row.cause, (row as unknown as { reason: string | null }).reason])).toEqual([
      ['UnitsGranted', null],
      ['UnitsGranted', 'moved'],
      ['UnitsReleased', 'moved'],
    ]);
  }, 60_000);

  it('that its warehouse has taken on is asked back first, also when the product is killed (-9) at each step', async () => {
    const { NORTH, SOUTH } = merchant.warehouses;
    const orderId = await placeOrder(merchant, { orderNumber: 'TAKEN-WAIT', warehouseId: NORTH, lines: [{ sku: 'CANCEL', quantity: 2 }] });
    const sent = await orderWhen(merchant, orderId, (order) => order.shipments[0]?.status === 'sent-to-warehouse');
    const shipmentId = sent.shipments[0]?.shipmentId ?? '';
    expect((await move(shipmentId, SOUTH)).status).toBe(200);
    await installation.kill();
    await installation.start('all-in-one');
    await orderWhen(merchant, orderId, (order) => movesOf(order)[0]?.status !== 'asked');
    await installation.kill();
    await installation.start('all-in-one');
    const order = await orderWhen(merchant, orderId, (each) => movesOf(each)[0]?.status === 'moved');
    expect(order.shipments.map((each) => [each.warehouseId, each.status]).sort()).toEqual(
      [
        [NORTH, 'cancelled'],
        [SOUTH, 'ready-to-send'],
      ].sort(),
    );
    await levelsWhen(merchant, { 'CANCEL NORTH': '4/0/0/4', 'CANCEL SOUTH': '4/2/0/2' });
    const kinds = (await journalOf(simulator, north)).filter((entry) => entry.shipmentId === shipmentId).map((entry) => entry.kind);
    expect(kinds).toEqual(['shipment-taken', 'shipment-cancelled']);
    const ledger = (await movementsOf(merchant, 'CANCEL')).filter((movement) => movement.orderId === orderId);
    expect(availabilitySteps(ledger).filter((step) => step !== 0)).toEqual([-2, -2, 2]);
  }, 120_000);

  it('stays where it is where too little lies, and is told why; where it cannot go it is refused at once', async () => {
    const { NORTH, SOUTH, BOTH } = merchant.warehouses;
    const orderId = await placeOrder(merchant, { orderNumber: 'STAYS', warehouseId: SOUTH, lines: [{ sku: 'TEA', quantity: 3 }] });
    const { shipments } = await orderWhen(merchant, orderId, (order) => order.status === 'fulfilling');
    const shipmentId = shipments[0]?.shipmentId ?? '';
    expect((await move(shipmentId, NORTH)).status).toBe(200);
    const order = await orderWhen(merchant, orderId, (each) => movesOf(each)[0]?.status === 'refused');
    expect([movesOf(order)[0]?.because, order.shipments.map((each) => [each.warehouseId, each.status])]).toEqual([
      'not-enough-stock',
      [[SOUTH, 'ready-to-send']],
    ]);
    await levelsWhen(merchant, { 'TEA NORTH': '5/3/0/2', 'TEA SOUTH': '3/3/0/0' });
    for (const [to, status, code] of [
      [BOTH, 422, 'not-physical'],
      [merchant.accountId, 422, 'warehouse-not-enabled'],
      [SOUTH, 409, 'shipment-there-already'],
    ] as const) {
      const refused = await move(shipmentId, to);
      expect([refused.status, refused.body['code']]).toEqual([status, code]);
    }
  }, 60_000);
});
