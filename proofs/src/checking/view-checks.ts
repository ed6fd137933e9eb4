import { notesOn, type Evidence, type Level, type Verdict } from './evidence';
import { amountsAt, availableOf } from './item-fold';
import { statusOf, type OrderState } from './order-fold';
import { sameAmounts, sumOfAmounts, type ItemLine, type Streams } from './timelines';

/** Views say what the streams say, row by row and none too many. */
export const viewChecks = (
  { views, members, virtual }: Evidence,
  streams: Streams,
  orders: ReadonlyMap<string, OrderState>,
): readonly Verdict[] => {
  const levels = notesOn('the view of levels is the fold of the streams, and a virtual warehouse the sum of its members');
  const seen = new Map(views.levels.map((level) => [`${level.skuKey} ${level.warehouseId}`, level]));
  for (const item of streams.items.values())
    for (const warehouseId of [...item.end.at.keys(), virtual]) {
      const key = `${item.skuKey} ${warehouseId}`;
      levels.look(unlikeFold(item, warehouseId === virtual ? members : [warehouseId], seen.get(key)));
      seen.delete(key);
    }
  for (const level of seen.values()) levels.look(`there is no stream for ${JSON.stringify(level)}`);
  return [levels.verdict(), orderRows(views, orders)];
};

const unlikeFold = ({ skuKey, end }: ItemLine, warehouses: readonly string[], level: Level | undefined): string | null => {
  const each = warehouses.map((warehouseId) => amountsAt(end, warehouseId));
  const publishable = each.reduce((sum, amounts) => sum + Math.max(0, availableOf(amounts)), 0);
  const is = { ...sumOfAmounts(each), publishable };
  return level && sameAmounts(level, is) && level.publishable === publishable
    ? null
    : `${skuKey} in ${warehouses.join(' and ')}: shown ${JSON.stringify(level)}, it is ${JSON.stringify(is)}`;
};

type UnitRow = Evidence['views']['units'][number];
type ShipmentRow = { readonly shipmentId: string; readonly status: string };

const unitText = ({ allocationId, shipped, quantity, released }: Omit<UnitRow, 'shipmentId'>): string =>
  `${allocationId} ${shipped}/${quantity}${released ? ' freed' : ''}`;
const shipmentTexts = (shipments: readonly (readonly [ShipmentRow, readonly Omit<UnitRow, 'shipmentId'>[]])[]): string =>
  shipments
    .map(([{ shipmentId, status }, units]) => `${shipmentId} ${status} ${units.map(unitText).sort().join()}`)
    .sort()
    .join('; ');

const orderRows = ({ orders: rows, shipments, units }: Evidence['views'], orders: ReadonlyMap<string, OrderState>): Verdict => {
  const notes = notesOn('the view of orders is the fold of the streams; the status follows from the shipments');
  const shown = new Map(rows.map((row) => [row.orderId, row]));
  const shipmentsBy = Map.groupBy(shipments, ({ orderId }) => orderId);
  const unitsBy = Map.groupBy(units, ({ shipmentId }) => shipmentId);
  for (const [orderId, order] of orders) {
    const row = shown.get(orderId);
    shown.delete(orderId);
    const said = (shipmentsBy.get(orderId) ?? []).map((each) => [each, unitsBy.get(each.shipmentId) ?? []] as const);
    const says = `${row?.status} ${row?.backordered} ${shipmentTexts(said)}`;
    const is = `${statusOf(order)} ${order.backordered} ${shipmentTexts([...order.shipments.values()].map((each) => [each, each.units] as const))}`;
    notes.look(says === is ? null : `${orderId}: shown as ${says}, it is ${is}`);
  }
  for (const row of shown.values()) notes.look(`there is no stream for ${JSON.stringify(row)}`);
  return notes.verdict();
};
