import type { GrantClosed, GoodsReceived, ItemEvent, StockDiscrepancyFound, StockLevelReported, UnitsGranted, UnitsReleased, UnitsShipped } from './item.events';
import {
  attemptKey,
  endedKept,
  forgetOldest,
  keepFlow,
  nothingAt,
  receiptsKept,
  reportsKept,
  rememberClosed,
  type AtWarehouse,
  type Item,
} from './item.state';
import { availableRise, quantityNames, type StockChange } from './quantities';

/** Facts are not argued with: quantities follow the differences that the event states, whoever decided them. */
export const evolve = (item: Item, event: ItemEvent): Item => {
  item.sku ??= event.data.sku;
  item.events += 1;
  for (const change of event.data.changes) apply(item, change, event.type !== 'StockLevelReported');
  remember(item, event);
  return item;
};

const apply = (item: Item, change: StockChange, isFlow: boolean): void => {
  const here = place(item, change.warehouseId);
  for (const name of quantityNames) here.quantities[name] += change[name] ?? 0;
  if (availableRise(change) > 0) item.roseAt = item.events;
  if (change.inReport) explain(here, change);
  else if (isFlow) keepFlow(here, change);
};

const explain = (here: AtWarehouse, { at, total = 0 }: StockChange): void => {
  for (const report of here.reports) if (report.takenAt === at) report.open += total;
};

const place = (item: Item, warehouseId: string): AtWarehouse => {
  const known = item.warehouses.get(warehouseId);
  if (known) return known;
  const fresh = nothingAt();
  item.warehouses.set(warehouseId, fresh);
  return fresh;
};

const remember = (item: Item, event: ItemEvent): void => {
  switch (event.type) {
    case 'StockAdjusted':
    case 'StockSetAside':
    case 'StockShortfallFound':
      return;
    case 'StockLevelReported':
      return rememberReport(item, event);
    case 'StockDiscrepancyFound':
      return rememberDiscrepancy(item, event);
    case 'UnitsGranted':
      return rememberGrant(item, event);
    case 'GrantClosed':
      return forgetGrant(item, event);
    case 'UnitsAccepted':
      for (const id of event.data.allocationIds) {
        const allocation = item.allocations.get(id);
        if (allocation) allocation.accepted = true;
      }
      return;
    case 'UnitsShipped':
      return rememberShipped(item, event);
    case 'UnitsReleased':
      return endAllocation(item, event, item.allocations.get(event.data.allocationId)?.shipped ?? 0);
    case 'UnitsShippedAfterEnd':
      item.ended.set(event.data.allocationId, { shipped: event.data.shipped, at: event.data.decidedAt });
      return;
    case 'GoodsExpected': {
      const { purchaseOrderId, lineId, warehouseId, expected } = event.data;
      const known = item.expected.get(`${purchaseOrderId}:${lineId}`);
      item.expected.set(`${purchaseOrderId}:${lineId}`, { warehouseId, expected, open: Math.max(0, (known?.open ?? 0) + expected - (known?.expected ?? 0)) });
      return;
    }
    case 'GoodsReceived':
      return rememberReceipt(item, event);
    case 'GoodsNoLongerExpected':
      item.expected.delete(`${event.data.purchaseOrderId}:${event.data.lineId}`);
      return;
  }
};

const rememberReport = (item: Item, { data }: StockLevelReported): void => {
  const here = place(item, data.warehouseId);
  here.lastTakenAt = data.takenAt;
  here.lastMeaning = data.meaning;
  here.flows = here.flows.filter((flow) => flow.at > data.takenAt);
  const last = here.reports.at(-1);
  if (last?.takenAt !== data.takenAt) here.reports = [...here.reports, { takenAt: data.takenAt, open: 0 }].slice(-reportsKept);
};

const rememberDiscrepancy = (item: Item, { data }: StockDiscrepancyFound): void => {
  const report = place(item, data.warehouseId).reports.at(-1);
  if (report) report.open += data.residual;
};

const rememberGrant = (item: Item, { data }: UnitsGranted): void => {
  const key = attemptKey(data);
  for (const id of item.grants.get(key)?.allocationIds ?? []) item.allocations.delete(id);
  if (data.swappedHold !== null) dropGrant(item, attemptKey({ orderId: data.orderId, attempt: data.swappedHold }), data.decidedAt);
  item.grants.set(key, { orderId: data.orderId, attempt: data.attempt, kind: data.kind, plan: data.plan, allocationIds: new Set(data.granted.map((each) => each.allocationId)) });
  for (const each of data.granted) item.allocations.set(each.allocationId, { ...each, key, orderId: data.orderId, shipped: 0, accepted: false });
};

const forgetGrant = (item: Item, { data }: GrantClosed): void => dropGrant(item, attemptKey(data), data.decidedAt);

const dropGrant = (item: Item, key: string, closedAt: string): void => {
  for (const id of item.grants.get(key)?.allocationIds ?? []) rememberEnded(item, id, item.allocations.get(id)?.shipped ?? 0, closedAt);
  item.grants.delete(key);
  rememberClosed(item, key, closedAt);
};

const rememberEnded = (item: Item, allocationId: string, shipped: number, endedAt: string): void => {
  item.allocations.delete(allocationId);
  item.ended.set(allocationId, { shipped, at: endedAt });
  forgetOldest(item.ended, (_, size) => size > endedKept);
};

const rememberShipped = (item: Item, event: UnitsShipped): void => {
  const allocation = item.allocations.get(event.data.allocationId);
  if (!allocation) return;
  allocation.shipped = event.data.shipped;
  if (allocation.shipped >= allocation.quantity) endAllocation(item, event, allocation.shipped);
};

/** The last allocation that ends takes its attempt with it: a plan of it that is heard again must not be granted anew. */
const endAllocation = (item: Item, { data }: UnitsShipped | UnitsReleased, shipped: number): void => {
  const key = item.allocations.get(data.allocationId)?.key;
  rememberEnded(item, data.allocationId, shipped, data.decidedAt);
  const grant = key === undefined ? undefined : item.grants.get(key);
  if (key === undefined || !grant) return;
  grant.allocationIds.delete(data.allocationId);
  if (grant.allocationIds.size > 0) return;
  item.grants.delete(key);
  rememberClosed(item, key, data.decidedAt);
};

const rememberReceipt = (item: Item, { data }: GoodsReceived): void => {
  item.receipts.add(`${data.receiptId}:${data.lineId}`);
  for (const oldest of item.receipts) {
    if (item.receipts.size <= receiptsKept) break;
    item.receipts.delete(oldest);
  }
  const expected = item.expected.get(`${data.purchaseOrderId}:${data.lineId}`);
  if (expected) expected.open = Math.max(0, expected.open - data.quantity);
};
