import { eventually, levelsOf, newMerchant, orderOf, placeOrder, stockUp, type Merchant } from './merchant';
import type { Installation } from './installation';
import type { Simulator } from './simulator';

export type Moment = 'order taken' | 'allocated' | 'half shipped';

/**
 * One order for two SKUs that lie in two warehouses: allocated over both, shipped in two steps by both, status and stock followed in
 * the views, physical and virtual. `at` is told when a moment has come, and may do to the product what it likes.
 */
export const tellOrderStory = async (
  installation: Installation,
  simulator: Simulator,
  at: (moment: Moment) => Promise<void>,
): Promise<Merchant> => {
  const merchant = await newMerchant(installation, simulator);
  await stockUp(merchant, [
    { sku: 'TEA', warehouse: 'NORTH', quantity: 5 },
    { sku: 'CUP', warehouse: 'SOUTH', quantity: 7 },
  ]);
  expect(
    await eventually(
      () => levelsOf(merchant),
      (levels) => Object.keys(levels).length === 4,
    ),
  ).toEqual({
    'TEA NORTH': '5/0/0/5',
    'TEA BOTH': '5/0/0/5',
    'CUP SOUTH': '7/0/0/7',
    'CUP BOTH': '7/0/0/7',
  });

  const orderId = await placeOrder(merchant, {
    orderNumber: `${merchant.accountId.slice(0, 8)}-2STEP`,
    lines: [
      { sku: 'TEA', quantity: 2 },
      { sku: 'CUP', quantity: 4 },
    ],
  });
  await at('order taken');
  const order = () => orderOf(merchant, orderId);
  const allocated = await eventually(order, (seen) => (seen?.shipments.length ?? 0) === 2);
  expect(new Set(allocated?.shipments.map((shipment) => shipment.warehouseId))).toEqual(
    new Set([merchant.warehouses.NORTH, merchant.warehouses.SOUTH]),
  );
  await at('allocated');

  const anythingLeft = (seen: Awaited<ReturnType<typeof order>>): boolean =>
    seen?.shipments.some((shipment) => shipment.units.some((unit) => unit.shipped > 0)) ?? false;
  const half = await eventually(order, anythingLeft);
  expect(['partially-fulfilled', 'shipped']).toContain(half?.status);
  await at('half shipped');

  const shipped = await eventually(order, (seen) => seen?.status === 'shipped');
  expect(shipped?.shipments.map((shipment) => [shipment.status, shipment.units.map((unit) => unit.quantity - unit.shipped)])).toEqual([
    ['shipped', [0]],
    ['shipped', [0]],
  ]);
  expect(shipped?.shipments.every((shipment) => shipment.packages.length === 2)).toBe(true);
  const after = { 'TEA NORTH': '3/0/0/3', 'TEA BOTH': '3/0/0/3', 'CUP SOUTH': '3/0/0/3', 'CUP BOTH': '3/0/0/3' };
  expect(
    await eventually(
      () => levelsOf(merchant),
      (levels) => JSON.stringify(Object.values(levels).sort()) === JSON.stringify(Object.values(after).sort()),
    ),
  ).toEqual(after);
  return merchant;
};
