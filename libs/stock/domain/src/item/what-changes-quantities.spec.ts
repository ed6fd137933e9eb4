import { allocationDecider } from '../allocation/allocation.decider';
import type { Wanted } from '../allocation-rule/allocation-rule';
import type { ItemCommand } from './item.commands';
import { itemDecider } from './item.decider';
import type { Item } from './item.state';
import { quantityNames, type Quantities } from './quantities';

const W = 'warehouse';
const sku = 'tea';
const now = '2026-01-10T12:00:00.000Z';
const of = { sku, now };

const grant = (kind: 'allocate' | 'hold', quantity: number, more: { attempt?: number; swapHold?: number } = {}): ItemCommand => {
  const { attempt = 1, swapHold = null } = more;
  const granted = [{ allocationId: `units-${attempt}`, shipmentId: `shipment-${attempt}`, lineId: '1', warehouseId: W, quantity }];
  return { type: 'GrantUnits', data: { ...of, orderId: 'order', attempt, kind, plan: 1, granted, swapHold, seenOpenAt: now } };
};
const freeHold: ItemCommand = { type: 'CloseGrant', data: { ...of, orderId: 'order', attempt: 1 } };
const units = { ...of, orderId: 'order', allocationId: 'units-1', at: now };
const accept: ItemCommand = { type: 'AcceptUnits', data: { ...of, orderId: 'order', allocationIds: ['units-1'], at: now } };
const ship = (shipped: number): ItemCommand => ({ type: 'ShipUnits', data: { ...units, warehouseId: W, shipped } });
const release = (reason: string): ItemCommand => ({ type: 'ReleaseUnits', data: { ...units, reason } });
const line = { ...of, purchaseOrderId: 'purchase', lineId: '1' };
const expected = (quantity: number): ItemCommand => ({ type: 'ExpectGoods', data: { ...line, warehouseId: W, expected: quantity } });
const receive = (quantity: number): ItemCommand => ({
  type: 'ReceiveGoods',
  data: { ...line, receiptId: 'receipt', warehouseId: W, quantity, at: now },
});
const noMore: ItemCommand = { type: 'ExpectNoMore', data: line };
const adjust = (by: number): ItemCommand => ({
  type: 'AdjustStock',
  data: { ...of, warehouseId: W, by, reason: 'counted', note: null, reference: null, at: now },
});
const aside = (by: number): ItemCommand => ({
  type: 'SetAsideStock',
  data: { ...of, warehouseId: W, by, reason: 'damaged', reference: null, at: now },
});
const reportOf = (reported: number): ItemCommand => ({
  type: 'ReportStockLevel',
  data: { ...of, reportId: 'report', source: 'channel', warehouseId: W, takenAt: now, meaning: 'on-hand', reported },
});

/** After ten units came in: what happened before, what happens now, and by how much each quantity changes. */
type Row = readonly [what: string, before: readonly ItemCommand[], now: readonly ItemCommand[], by: Partial<Quantities>];

const allocated = [grant('allocate', 5)];
const halfway = [...allocated, accept, ship(2)];

const table: readonly Row[] = [
  ['order on hold', [], [grant('hold', 5)], { held: 5 }],
  ['hold released to edit', [grant('hold', 5)], [freeHold], { held: -5 }],
  ['hold released to send', [grant('hold', 5)], [grant('allocate', 5, { attempt: 2, swapHold: 1 })], { allocated: 5, held: -5 }],
  ['allocated (shipment created)', [], [grant('allocate', 5)], { allocated: 5 }],
  ['shipment sent to the warehouse', allocated, [accept], {}],
  ['shipment cancelled', allocated, [release('shipment-cancelled')], { allocated: -5 }],
  ['shipment cancelled of which a part has left', halfway, [release('shipment-cancelled')], { allocated: -3 }],
  ['shipment short shipped: 2 left, more expected', [...allocated, accept], [ship(2)], { total: -2, allocated: -2 }],
  ['shipment shipped', [...allocated, accept], [ship(5)], { total: -5, allocated: -5 }],
  ['shipment shipped of which a part had left', halfway, [ship(5)], { total: -3, allocated: -3 }],
  [
    'warehouse closes a shipment short: 2 left, 3 never will',
    [...allocated, accept],
    [ship(2), release('short-close')],
    { total: -2, allocated: -5 },
  ],
  ['person marks a shipment as shipped (rest 3 left)', halfway, [ship(5)], { total: -3, allocated: -3 }],
  ['person closes a shipment (rest 3 never left)', halfway, [release('closed-by-hand')], { allocated: -3 }],
  ['warehouse confirms 5 for a shipment already cancelled', [...allocated, release('shipment-cancelled')], [ship(5)], { total: -5 }],
  ['warehouse confirms 4 for one closed after 2 had left', [...halfway, release('closed-by-hand')], [ship(4)], { total: -2 }],
  ['purchase order approved', [], [expected(7)], { incoming: 7 }],
  ['receipt of less than is open', [expected(7)], [receive(4)], { total: 4, incoming: -4 }],
  ['receipt of more than is open', [expected(7)], [receive(9)], { total: 9, incoming: -7 }],
  ['receipt for an order already closed', [expected(7), noMore], [receive(4)], { total: 4 }],
  ['purchase order cancelled', [expected(7)], [noMore], { incoming: -7 }],
  ['purchase order closed short', [expected(7), receive(4)], [noMore], { incoming: -3 }],
  ['manual adjustment up', [], [adjust(3)], { total: 3 }],
  ['manual adjustment down', [], [adjust(-3)], { total: -3 }],
  ['stock level reported: 6', [], [reportOf(6)], { total: -4 }],
  ['stock level reported: 14', allocated, [reportOf(14)], { total: 4 }],
  ['quantity moved to unsellable', [], [aside(2)], { unsellable: 2 }],
  ['quantity moved back from unsellable', [aside(2)], [aside(-2)], { unsellable: -2 }],
];

const figures = (item: Item): Quantities => ({ ...(item.warehouses.get(W)?.quantities as Quantities) });

const after = (item: Item, commands: readonly ItemCommand[]): Item => {
  for (const command of commands) {
    const decision = itemDecider.decide(command, item);
    if (decision.outcome === 'rejected') throw new Error(`${command.type}: ${decision.rejection.type}`);
    for (const event of decision.events) itemDecider.evolve(item, event);
  }
  return item;
};

/** `accepted` is a part of allocated, not one of the quantities that the business counts. */
const counted = quantityNames.filter((name) => name !== 'accepted');

describe('what changes the quantities of a SKU in a warehouse', () => {
  it.each(table)('%s', (_, before, happens, by) => {
    const item = after(itemDecider.initialState(), [adjust(10), ...before]);
    const start = figures(item);
    const end = figures(after(item, happens));
    const nothing = Object.fromEntries(counted.map((name) => [name, 0]));
    expect(Object.fromEntries(counted.map((name) => [name, end[name] - start[name]]))).toEqual({ ...nothing, ...by });
  });

  it('an order that is approved but not allocated asks nothing of any item: its waiting names no units', () => {
    const wanted: Wanted = {
      kind: 'allocate',
      orderNumber: '1',
      orderDate: now,
      arrivedAt: now,
      lines: [{ lineId: '1', sku, quantity: 5 }],
      candidates: [{ warehouseId: W, code: 'W', priority: 1, checked: true }],
      settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false },
      holdAttempt: null,
    };
    const missing = [{ lineId: '1', sku, quantity: 5 }];
    const data = { orderId: 'order', attempt: 1, now, wanted, plan: 0, missing, reasons: ['not-enough' as const] };
    const decision = allocationDecider.decide({ type: 'RecordWaiting', data }, allocationDecider.initialState());
    expect(decision.outcome === 'accepted' && decision.events.map(({ type }) => type)).toEqual([
      'AllocationRequested',
      'AllocationWaiting',
    ]);
    expect(decision.outcome === 'accepted' && decision.events.flatMap(({ data: told }) => ('units' in told ? told.units : []))).toEqual([]);
  });
});
