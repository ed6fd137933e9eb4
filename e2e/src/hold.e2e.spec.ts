import { newInstallation, type Installation } from './testing/installation';
import { newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { availabilitySteps, levelsWhen, movementsOf, openShop, orderWhen, placeHold, tell } from './testing/order-desk';

describe('an order on hold', () => {
  let installation: Installation;
  let merchant: Merchant;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 5 },
      { sku: 'TEA', warehouse: 'SOUTH', quantity: 5 },
      { sku: 'CUP', warehouse: 'NORTH', quantity: 4 },
      { sku: 'TIN', warehouse: 'NORTH', quantity: 2 },
      { sku: 'POT', warehouse: 'NORTH', quantity: 9 },
      { sku: 'POT', warehouse: 'SOUTH', quantity: 4 },
    ]);
  }, 180_000);
  afterAll(() => installation.remove());

  it('keeps its stock, moves to another warehouse and is sent, and availability never jumps', async () => {
    const { NORTH, SOUTH } = merchant.warehouses;
    const held = await placeHold(merchant, { orderNumber: 'HELD', lines: [{ sku: 'TEA', quantity: 5 }] });
    await levelsWhen(merchant, { 'TEA NORTH': '5/0/5/0', 'TEA SOUTH': '5/0/0/5', 'TEA BOTH': '10/0/5/5' });
    const second = await placeOrder(merchant, { orderNumber: 'SECOND', warehouseId: NORTH, lines: [{ sku: 'TEA', quantity: 2 }] });
    expect((await orderWhen(merchant, second, (order) => order.backordered)).status).toBe('approved');

    const moved = await merchant.post('stock', `/holds/${held.toUpperCase()}/move`, { fromWarehouseId: NORTH, toWarehouseId: SOUTH });
    expect([
      moved.status,
      (moved.body['units'] as readonly { readonly warehouseId: string; readonly quantity: number }[]).map((unit) => [
        unit.warehouseId,
        unit.quantity,
      ]),
    ]).toEqual([200, [[SOUTH, 5]]]);
    await orderWhen(merchant, second, (order) => order.status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '5/2/0/3', 'TEA SOUTH': '5/0/5/0', 'TEA BOTH': '10/2/5/3' });

    await tell(merchant, held, 'release', { to: 'send' });
    const sent = await orderWhen(merchant, held, (order) => order.status === 'fulfilling');
    expect(sent.shipments.map((shipment) => [shipment.warehouseId, shipment.units.map((unit) => unit.quantity)])).toEqual([[SOUTH, [5]]]);
    await levelsWhen(merchant, { 'TEA NORTH': '5/2/0/3', 'TEA SOUTH': '5/5/0/0', 'TEA BOTH': '10/7/0/3' });

    const movements = await movementsOf(merchant, 'TEA');
    expect(availabilitySteps(movements.filter((movement) => movement.orderId === held))).toEqual([-5, 0, 0]);
    const fromHold = movements.slice(movements.findIndex((movement) => movement.orderId === held));
    expect(availabilitySteps(fromHold).filter((step) => step > 0)).toEqual([]);
  }, 60_000);

  it('is sent from where it was moved to, though the first warehouse has enough of it', async () => {
    const { NORTH, SOUTH } = merchant.warehouses;
    const held = await placeHold(merchant, { orderNumber: 'MOVED', lines: [{ sku: 'POT', quantity: 3 }] });
    await levelsWhen(merchant, { 'POT NORTH': '9/0/3/6', 'POT SOUTH': '4/0/0/4' });
    await merchant.post('stock', `/holds/${held}/move`, { fromWarehouseId: NORTH, toWarehouseId: SOUTH });
    await tell(merchant, held, 'release', { to: 'send' });
    await orderWhen(merchant, held, (order) => order.status === 'fulfilling');
    await levelsWhen(merchant, { 'POT NORTH': '9/0/0/9', 'POT SOUTH': '4/3/0/1' });
  }, 60_000);

  it('moves nowhere where too little lies: the hold stays whole', async () => {
    const { NORTH, SOUTH } = merchant.warehouses;
    const held = await placeHold(merchant, { orderNumber: 'STAYS', lines: [{ sku: 'CUP', quantity: 1 }] });
    await levelsWhen(merchant, { 'CUP NORTH': '4/0/1/3' });
    const moved = await merchant.post('stock', `/holds/${held}/move`, { fromWarehouseId: NORTH, toWarehouseId: SOUTH });
    expect([moved.status, moved.body['code']]).toEqual([409, 'not-enough-stock-there']);
    await levelsWhen(merchant, { 'CUP NORTH': '4/0/1/3' });
    await tell(merchant, held, 'cancel', { reason: 'no longer wanted' });
    await levelsWhen(merchant, { 'CUP NORTH': '4/0/0/4' });
  }, 60_000);

  it('released to edit frees its stock, and the order that waited goes out by itself', async () => {
    const held = await placeHold(merchant, { orderNumber: 'EDITED', lines: [{ sku: 'CUP', quantity: 4 }] });
    await levelsWhen(merchant, { 'CUP NORTH': '4/0/4/0' });
    const waiting = await placeOrder(merchant, { orderNumber: 'WAITS', lines: [{ sku: 'CUP', quantity: 3 }] });
    await orderWhen(merchant, waiting, (order) => order.backordered);
    await tell(merchant, held, 'release', { to: 'edit' });
    await orderWhen(merchant, waiting, (order) => order.status === 'fulfilling' && !order.backordered);
    expect((await orderWhen(merchant, held, (order) => order.status === 'draft')).shipments).toEqual([]);
    await levelsWhen(merchant, { 'CUP NORTH': '4/3/0/1' });
  }, 60_000);

  it('is sent by itself when its time has come, not before, also when the product was killed in between', async () => {
    const soon = () => new Date(Date.now() + 1_500).toISOString();
    const sentAt = async (orderId: string) =>
      (await movementsOf(merchant, 'TIN')).find((movement) => movement.orderId === orderId && movement.allocated > 0)?.recordedAt ?? '';
    const first = soon();
    const alive = await placeHold(merchant, { orderNumber: 'TIMED', lines: [{ sku: 'TIN', quantity: 1 }] }, { releaseAt: first });
    await orderWhen(merchant, alive, (order) => order.status === 'fulfilling');
    const second = soon();
    const killed = await placeHold(
      merchant,
      { orderNumber: 'TIMED-AND-KILLED', lines: [{ sku: 'TIN', quantity: 1 }] },
      { releaseAt: second },
    );
    await installation.kill();
    await installation.start('all-in-one');
    await orderWhen(merchant, killed, (order) => order.status === 'fulfilling');
    await levelsWhen(merchant, { 'TIN NORTH': '2/2/0/0' });
    expect([(await sentAt(alive)) >= first, (await sentAt(killed)) >= second]).toEqual([true, true]);
  }, 120_000);

  it('whose time has passed already is sent at once', async () => {
    const late = await placeHold(
      merchant,
      { orderNumber: 'TOO-LATE', warehouseId: merchant.warehouses.NORTH, lines: [{ sku: 'TEA', quantity: 1 }] },
      { releaseAt: new Date(Date.now() - 60_000).toISOString() },
    );
    await orderWhen(merchant, late, (order) => order.status === 'fulfilling');
  }, 60_000);
});
