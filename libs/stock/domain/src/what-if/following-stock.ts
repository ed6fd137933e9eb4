import type { ItemEvent, UnitsReleased, UnitsShipped } from '../item/item.events';
import type { StockChange } from '../item/quantities';
import { closeGrant } from './following-orders';
import type { SimulatedOrder, Units } from './simulated-orders';
import { takeOpen } from './simulated-orders';
import type { World } from './simulation';

/** What the log says of an item: the world's part stays as it was, what orders do happens to the units that they have here. */
export const followItem = (world: World, event: ItemEvent, revision: number): void => {
  const { sku, changes } = event.data;
  world.stock.record(sku, changes);
  switch (event.type) {
    case 'StockAdjusted':
    case 'StockSetAside':
    case 'StockLevelReported':
    case 'GoodsReceived':
    case 'GoodsExpected':
    case 'GoodsNoLongerExpected':
    case 'UnitsAccepted':
    case 'UnitsShippedAfterEnd':
      return world.stock.apply(sku, changes, { revision, at: world.now() });
    case 'UnitsShipped':
    case 'UnitsReleased':
      return moveUnits(world, event, revision);
    case 'QuietReportRecalled':
    case 'StockDiscrepancyFound':
    case 'StockShortfallFound':
    case 'UnitsGranted':
      return;
    case 'GrantClosed':
      return closeGrant(world, event, revision);
  }
};

const inReport = (change: StockChange): boolean => change.inReport === true;
const promisedBy = ({ allocated = 0, held = 0 }: StockChange): number => allocated + held;

/** Units leave, or will not: of the same line of the order, wherever it has them here. What a report made of it stays as it was. */
const moveUnits = (world: World, { type, data }: UnitsShipped | UnitsReleased, revision: number): void => {
  const seen = { revision, at: world.now() };
  world.stock.apply(data.sku, data.changes.filter(inReport), seen);
  const order = world.orders.get(data.orderId);
  const recorded = order === undefined ? null : recordedUnits(order, data.allocationId);
  if (!order || !recorded) return;
  const quantity = -data.changes.reduce((sum, change) => sum + promisedBy(change), 0);
  recorded.units.open -= quantity;
  if (type === 'UnitsReleased') recorded.units.kept -= quantity;
  const { lineId, sku, warehouseId } = recorded.units;
  // Its place was taken by units at another warehouse; here they were never moved, and stay.
  if (type === 'UnitsReleased' && data.reason === 'moved' && !isMovedHere(order, lineId)) return;
  for (const { units, part } of takeOpen(order, { attempt: recorded.attempt, lineId, sku, warehouseId }, quantity)) {
    if (type === 'UnitsShipped') world.stock.ship(units.sku, units.warehouseId, part);
    else {
      units.kept -= part;
      world.stock.free(units.sku, units.warehouseId, part, seen);
    }
  }
};

const isMovedHere = ({ attempts }: SimulatedOrder, lineId: string): boolean =>
  attempts.some(({ wanted, units }) => wanted.kind === 'move' && units.some((each) => each.lineId === lineId && each.open > 0));

const recordedUnits = ({ attempts }: SimulatedOrder, allocationId: string): { readonly attempt: number; readonly units: Units } | null => {
  for (const { attempt, recorded } of attempts) {
    const units = recorded.units.get(allocationId);
    if (units) return { attempt, units };
  }
  return null;
};
