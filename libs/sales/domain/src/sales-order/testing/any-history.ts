import fc from 'fast-check';
import type { SalesOrderCommand } from '../sales-order.commands';
import { salesOrderDecider } from '../sales-order.decider';
import type { Candidate, PromisedUnits, SalesOrderEvent } from '../sales-order.events';
import type { SalesOrder, Shipment } from '../sales-order.state';
import * as $ from './messages';

const kinds = [
  'approve',
  'unlock',
  'revise',
  'cancel',
  'hold',
  'send',
  'edit',
  'allocate',
  'allocate',
  'allocated',
  'allocated',
  'allocated',
  'short',
  'held',
  'accept',
  'export-failed',
  'update',
  'update',
  'update',
  'close',
  'cancel-shipment',
  'cancel-refused',
  'move',
  'move',
  'move-answered',
  'move-answered',
  'mark',
  'shop-told',
  'shop-told',
  'shop-refused',
  'settle',
] as const;

/** What somebody says next of the order: a person, stock or a warehouse. What cannot be is refused. */
export type Step = { readonly kind: (typeof kinds)[number]; readonly one: number; readonly other: number; readonly flag: boolean };

export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), one: fc.nat(7), other: fc.nat(7), flag: fc.boolean() }),
  // By default most histories would end after a few steps, before anything can go wrong.
  { maxLength: 30, size: 'max' },
);

/** Runs the steps from a new order on; `check` sees the order and its events after each that was accepted. */
export const told = (
  steps: readonly Step[],
  check: (order: SalesOrder, history: readonly SalesOrderEvent[]) => void,
): readonly SalesOrderEvent[] => {
  const order = salesOrderDecider.initialState();
  const history: SalesOrderEvent[] = [];
  const say = (command: SalesOrderCommand): void => {
    const decision = salesOrderDecider.decide(command, order);
    if (decision.outcome === 'rejected') return;
    for (const event of decision.events) salesOrderDecider.evolve(order, structuredClone(event) as SalesOrderEvent);
    history.push(...decision.events);
    check(order, history);
  };
  const channel = (steps[0]?.one ?? 0) < 5 ? { channelId: 'shop', channelOrderNumber: '1001' } : {};
  say($.create({ status: steps[0]?.flag === true ? 'draft' : 'approved', ...channel }));
  steps.forEach((step, number) => say(commandOf(step, number, order)));
  return history;
};

const commandOf = (step: Step, number: number, order: SalesOrder): SalesOrderCommand => {
  const shipment = [...order.shipments.values()][step.one % Math.max(1, order.shipments.size)];
  const of = { orderId: 'o', now: $.now, shipmentId: shipment?.shipmentId ?? 'unknown' };
  const updating = { ...$.update(`u${number % 6}`, []).data, ...of } as Extract<
    SalesOrderCommand,
    { type: 'RecordShipmentUpdate' }
  >['data'];
  switch (step.kind) {
    case 'approve':
      return $.approve(step.flag ? $.terms : null);
    case 'unlock':
      return step.one > 5 ? $.unlock : $.allocate();
    case 'revise':
      return $.revise(number + 1, { automatic: step.flag });
    case 'cancel':
      return step.one > 6 ? $.cancel : $.allocate();
    case 'hold':
      return $.hold();
    case 'send':
      return $.release('send');
    case 'edit':
      return $.release('edit');
    case 'allocate':
      return $.allocate();
    case 'allocated':
      return answer(step, order);
    case 'short':
      return $.recordNotAllocated(attemptOf(step, order));
    case 'held':
      return $.recordHeld(attemptOf(step, order), [], []);
    case 'accept':
      return { type: 'RecordShipmentAccepted', data: { ...of, externalId: null, at: $.now, warnings: [] } };
    case 'export-failed':
      return { type: 'RecordExportFailed', data: { ...of, reason: `reason ${step.other}` } };
    case 'update':
      return {
        type: 'RecordShipmentUpdate',
        data: {
          ...updating,
          lines: (shipment?.units ?? []).map(({ lineId, sku }, index) => ({ lineId, sku, shipped: (step.other + index) % 5 })),
          packages: step.flag ? [$.parcel(`p${step.one}`, 1)] : [],
        },
      };
    case 'close':
      return {
        type: 'RecordShipmentUpdate',
        data: { ...updating, closedShort: step.flag, cancelled: !step.flag, giveUpRest: step.other > 5 },
      };
    case 'cancel-shipment':
      return { type: 'CancelShipment', data: { ...of, reason: 'damaged' } };
    case 'cancel-refused':
      return { type: 'RecordCancelRefused', data: { ...of, reason: 'too late' } };
    case 'move':
      return { type: 'MoveShipment', data: { ...of, to: otherThan(shipment), reason: 'flooded' } };
    case 'move-answered':
      return moveAnswer(step, movingOf(order)[step.one % Math.max(1, movingOf(order).length)]);
    case 'mark':
      return $.markShipped(step.flag);
    case 'shop-told':
      return $.recordShopTold(order.telling.count);
    case 'shop-refused':
      return $.recordShopRefused(order.telling.count);
    case 'settle':
      return $.settle(exceptionOf(step, order), step.flag);
  }
};

const exceptionOf = ({ one }: Step, order: SalesOrder): string =>
  [...order.exceptions.keys()][one % Math.max(1, order.exceptions.size)] ?? 'unknown';

const otherThan = (shipment: Shipment | undefined): Candidate => {
  const other = shipment?.warehouseId === $.A ? $.B : $.A;
  return { warehouseId: other, code: other, priority: 1, checked: true };
};

const movingOf = (order: SalesOrder): readonly Shipment[] => [...order.shipments.values()].filter(({ move }) => move !== null);

/** Stock answers about a move: all of it, at the other warehouse, or nothing. */
const moveAnswer = ({ one, flag }: Step, shipment: Shipment | undefined): SalesOrderCommand => {
  if (!shipment?.move) return $.allocate();
  const { attempt, toWarehouseId: warehouseId } = shipment.move;
  const units = shipment.units.map((unit): PromisedUnits => ({
    ...{ lineId: unit.lineId, sku: unit.sku, quantity: unit.quantity, warehouseId },
    allocationId: `${attempt}-${unit.lineId}`,
    shipmentId: `s-${attempt}-${warehouseId}`,
  }));
  return flag || one > 5 ? $.recordAllocated(attempt, units) : $.recordNotAllocated(attempt);
};

/** Mostly the last attempt, now and then the one before: it may still wait where a shipment has asked to move since. */
const attemptOf = ({ other }: Step, order: SalesOrder): number => (other < 6 ? order.lastAttempt : Math.max(1, order.lastAttempt - 1));

/** Stock promises what was wanted, or a part where partial fulfillment is on; each allocation is one line's at one warehouse. */
const answer = (step: Step, order: SalesOrder): SalesOrderCommand => {
  const attempt = attemptOf(step, order);
  const moving = movingOf(order).find(({ move }) => move?.attempt === attempt);
  if (moving) return moveAnswer(step, moving);
  const wanted = order.asked?.wanted.lines ?? [];
  const units = wanted.flatMap(({ lineId, sku, quantity }, index): readonly PromisedUnits[] => {
    const given = step.flag ? quantity : Math.min(quantity, (step.one + index) % 4);
    const warehouseId = (step.other + index) % 2 === 0 ? $.A : $.B;
    return given === 0
      ? []
      : [{ allocationId: `${attempt}-${lineId}`, shipmentId: `s-${attempt}-${warehouseId}`, lineId, sku, warehouseId, quantity: given }];
  });
  const missing = wanted.flatMap(({ lineId, sku, quantity }) => {
    const rest = quantity - (units.find((unit) => unit.lineId === lineId)?.quantity ?? 0);
    return rest === 0 ? [] : [[lineId, sku, rest] as const];
  });
  return units.length === 0 ? $.recordNotAllocated(attempt) : $.recordAllocated(attempt, units, missing);
};
