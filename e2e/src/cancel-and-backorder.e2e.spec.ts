import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { adjust, levelsWhen, movementsOf, openShop, orderWhen, placeHold, tell } from './testing/order-desk';

describe('cancelled orders and those that wait', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
  }, 180_000);
  afterAll(() => installation.remove());

  it('what a cancelled order frees goes to the oldest that fits; a bigger older one is passed over, and gets its turn later', async () => {
    const merchant = await newMerchant(installation, null);
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 5 }]);
    const keeper = await placeHold(merchant, { orderNumber: 'KEEPER', lines: [{ sku: 'TEA', quantity: 5 }] });
    await levelsWhen(merchant, { 'TEA NORTH': '5/0/5/0' });
    const [newest, oldest, middle] = [
      await placeWaiting(merchant, 'NEWEST', 3, 3),
      await placeWaiting(merchant, 'OLDEST-AND-BIG', 6, 1),
      await placeWaiting(merchant, 'MIDDLE', 3, 2),
    ];

    await tell(merchant, keeper, 'cancel', { reason: 'changed their mind' });
    await orderWhen(merchant, middle, (order) => order.status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '5/3/0/2' });
    for (const orderId of [newest, oldest]) {
      const { status, backordered, reasons, shipments } = await orderWhen(merchant, orderId, () => true);
      expect({ status, backordered, reasons: reasons.length > 0, shipments }).toEqual({
        status: 'approved',
        backordered: true,
        reasons: true,
        shipments: [],
      });
    }

    await tell(merchant, newest, 'cancel', { reason: 'waited too long' });
    await adjust(merchant, 'TEA', 'NORTH', 10);
    await orderWhen(merchant, oldest, (order) => order.status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '15/9/0/6', 'TEA BOTH': '15/9/0/6' });
    for (const orderId of [keeper, newest]) {
      const { status, backordered, shipments } = await orderWhen(merchant, orderId, () => true);
      expect({ status, backordered, shipments }).toEqual({ status: 'cancelled', backordered: false, shipments: [] });
    }
    const got = (await movementsOf(merchant, 'TEA'))
      .filter(({ orderId, allocated }) => orderId === keeper || (orderId === newest && allocated > 0))
      .map(({ held, allocated }) => [held, allocated]);
    expect(got).toEqual([
      [5, 0],
      [-5, 0],
    ]);
  }, 60_000);

  it('live shipments forbid cancelling, and are named; once they are cancelled the order may be, and their units wake who waits', async () => {
    const merchant = await newMerchant(installation, null);
    await openShop(merchant, [
      { sku: 'POT', warehouse: 'NORTH', quantity: 2 },
      { sku: 'LID', warehouse: 'SOUTH', quantity: 2 },
    ]);
    const orderId = await placeOrder(merchant, {
      orderNumber: 'TWO-SHIPMENTS',
      lines: [
        { sku: 'POT', quantity: 2 },
        { sku: 'LID', quantity: 2 },
      ],
    });
    const { shipments } = await orderWhen(merchant, orderId, (order) => order.shipments.length === 2);
    const waiting = await placeWaiting(merchant, 'WAITS-FOR-POTS', 1, 1, 'POT');
    const cancelOrder = () => merchant.post('sales', `/sales-orders/${orderId}/cancel`, { reason: 'not wanted' });
    const cancelShipment = (shipmentId = '') => merchant.post('sales', `/shipments/${shipmentId}/cancel`, { reason: 'not wanted' });

    const refused = await cancelOrder();
    expect([refused.status, refused.body['code']]).toEqual([409, 'shipments-live']);
    for (const { shipmentId } of shipments) expect(refused.body['detail']).toContain(shipmentId);

    const [first, second] = [...shipments].sort((one) => (one.warehouseId === merchant.warehouses.NORTH ? -1 : 1));
    expect((await cancelShipment(first?.shipmentId)).body['events']).toEqual(['ShipmentCancelled']);
    await orderWhen(merchant, waiting, (order) => order.status === 'fulfilling');
    await levelsWhen(merchant, { 'POT NORTH': '2/1/0/1', 'LID SOUTH': '2/2/0/0' });
    const again = await cancelOrder();
    expect([
      again.status,
      String(again.body['detail']).includes(first?.shipmentId ?? ''),
      String(again.body['detail']).includes(second?.shipmentId ?? ''),
    ]).toEqual([409, false, true]);

    await cancelShipment(second?.shipmentId);
    expect(
      (await orderWhen(merchant, orderId, (order) => order.shipments.every((shipment) => shipment.status === 'cancelled'))).status,
    ).toBe('approved');
    expect((await cancelOrder()).status).toBe(200);
    await orderWhen(merchant, orderId, (order) => order.status === 'cancelled');
    await levelsWhen(merchant, { 'POT NORTH': '2/1/0/1', 'LID SOUTH': '2/0/0/2' });
  }, 60_000);

  it('where partial fulfilment is on, what there is goes at once, and the rest when it comes', async () => {
    const merchant = await newMerchant(installation, null, { partialFulfillment: true });
    await openShop(merchant, [{ sku: 'MUG', warehouse: 'NORTH', quantity: 2 }]);
    const orderId = await placeOrder(merchant, { orderNumber: 'IN-PARTS', lines: [{ sku: 'MUG', quantity: 5 }] });
    const begun = await orderWhen(merchant, orderId, (order) => order.shipments.length === 1 && order.backordered);
    expect([begun.status, begun.shipments.map(({ units }) => units.map((unit) => unit.quantity))]).toEqual(['fulfilling', [[2]]]);
    await levelsWhen(merchant, { 'MUG NORTH': '2/2/0/0' });
    await ship(merchant, begun.shipments[0]?.shipmentId, 2);
    await orderWhen(merchant, orderId, (order) => order.status === 'partially-fulfilled');

    await adjust(merchant, 'MUG', 'NORTH', 4);
    const rest = await orderWhen(merchant, orderId, (order) => order.shipments.length === 2);
    expect([rest.status, rest.backordered]).toEqual(['partially-fulfilled', false]);
    const second = rest.shipments.find((shipment) => shipment.status === 'ready-to-send');
    expect(second?.units.map((unit) => unit.quantity)).toEqual([3]);
    await ship(merchant, second?.shipmentId, 3);
    await orderWhen(merchant, orderId, (order) => order.status === 'shipped');
    await levelsWhen(merchant, { 'MUG NORTH': '1/0/0/1', 'MUG BOTH': '1/0/0/1' });
  }, 60_000);

  it('strict order on: the younger one waits behind it, says behind whom, and goes after it', async () => {
    const merchant = await shopWith(installation, { strictOrder: true });
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
    const merchant = await shopWith(installation, {});
    const old = await order(merchant, 'OLD', 'TEA', 5, 1);
    await orderWhen(merchant, old, (each) => each.backordered);
    await orderWhen(merchant, await order(merchant, 'YOUNG', 'TEA', 1, 2), (each) => each.status === 'fulfilling');
    expect((await orderWhen(merchant, old, () => true)).backordered).toBe(true);
    await adjust(merchant, 'TEA', 'NORTH', 4);
    await orderWhen(merchant, old, (each) => each.status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '6/6/0/0' });
  }, 60_000);
});

/** An order of the given day of January, once it waits for stock. */
const placeWaiting = async (merchant: Merchant, orderNumber: string, quantity: number, day: number, sku = 'TEA'): Promise<string> => {
  const orderId = await placeOrder(merchant, { orderNumber, orderDate: `2026-01-0${day}T12:00:00.000Z`, lines: [{ sku, quantity }] });
  await orderWhen(merchant, orderId, (order) => order.backordered);
  return orderId;
};

/** A person says that so many have left of the only line of a shipment. */
const ship = async (merchant: Merchant, shipmentId = '', shipped: number): Promise<void> => {
  const said = { lines: [{ lineNumber: 1, shipped }] };
  const ahead = await merchant.post('sales', `/shipments/${shipmentId}/updates`, { ...said, happenedAt: '2100-01-01T00:00:00Z' });
  expect([ahead.status, ahead.body['code']]).toEqual([422, 'from-the-future']);
  const answer = await merchant.post('sales', `/shipments/${shipmentId}/updates`, said);
  expect(answer.status).toBe(200);
};

type Attempt = {
  readonly status: string;
  readonly behind: { readonly orderNumber: string | null; readonly skus: readonly string[] } | null;
};

/** Two teas and a cup, under these settings. */
const shopWith = async (installation: Installation, settings: Record<string, unknown>): Promise<Merchant> => {
  const merchant = await newMerchant(installation, null, settings);
  await openShop(merchant, [
    { sku: 'TEA', warehouse: 'NORTH', quantity: 2 },
    { sku: 'CUP', warehouse: 'NORTH', quantity: 1 },
  ]);
  return merchant;
};

/** An order of the given day of January, from NORTH alone. */
const order = (merchant: Merchant, orderNumber: string, sku: string, quantity: number, day: number): Promise<string> =>
  placeOrder(merchant, {
    orderNumber,
    orderDate: `2026-01-0${day}T00:00:00.000Z`,
    warehouseId: merchant.warehouses.NORTH,
    lines: [{ sku, quantity }],
  });

/** The last attempt of an order, as stock shows it. */
const attemptOf = (merchant: Merchant, orderId: string, wanted: (attempt: Attempt | undefined) => boolean): Promise<Attempt | undefined> =>
  eventually(
    async () => ((await merchant.get('stock', `/allocations?orderId=${orderId.toUpperCase()}`)).body['items'] as readonly Attempt[]).at(-1),
    wanted,
  );
