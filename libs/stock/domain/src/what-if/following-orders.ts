import { skuKey } from '@stockproof/vocabulary';
import type { GrantClosed } from '../item/item.events';
import type { AllocationDecided, AllocationEvent, AllocationRequested, PlannedUnits } from '../allocation/allocation.events';
import type { Choice } from '../allocation-rule/allocation-rule';
import type { SeenUpTo } from './deciding-anew';
import { debtsOf, newAttempt, withDebts, type SimulatedAttempt, type SimulatedOrder, type Units } from './simulated-orders';
import type { World } from './simulation';

/** What the log says of an order's attempts: as it was recorded on one side, decided anew on the other. */
export const followAllocation = (world: World, event: AllocationEvent): void => {
  if (event.type === 'AllocationRequested') return request(world, event);
  const order = world.orders.get(event.data.orderId);
  const attempt = order?.attempts.find((each) => each.attempt === event.data.attempt && !each.isRest);
  if (!order || !attempt) return;
  switch (event.type) {
    case 'AllocationDecided':
      return decided(world, order, attempt, event);
    case 'AllocationGranted':
    case 'AllocationHeld':
      attempt.recorded.status = event.type === 'AllocationHeld' ? 'held' : 'granted';
      attempt.recorded.decidedAt = world.now();
      endHold(order, attempt);
      return;
    case 'AllocationWaiting':
      return waiting(world, order, attempt);
    case 'AllocationRefused':
      attempt.recorded.status = 'over';
      attempt.status = 'over';
      return;
    case 'AllocationWithdrawn':
      return withdraw(world, order, attempt);
    case 'AllocationEnded':
      attempt.recorded.status = 'over';
      return closeRest(world, order, attempt.attempt);
  }
};

const request = (world: World, { data }: AllocationRequested): void => {
  const { orderId, attempt, wanted } = data;
  const order = world.orders.get(orderId) ?? { orderId, orderNumber: wanted.orderNumber, attempts: [], touched: false };
  world.orders.set(orderId, order);
  if (order.attempts.some((each) => each.attempt === attempt && !each.isRest)) return;
  if (wanted.kind === 'allocate') endWaitingOf(world, order);
  const asked = newAttempt(orderId, attempt, world.follows() ? wanted : withDebts(wanted, debtsOf(order)));
  order.attempts.push(asked);
  // Where the shipment stands otherwise in the simulation, or not at all, nobody moved it.
  if (wanted.kind === 'move' && !world.follows()) asked.status = 'over';
  if (!world.follows()) order.touched = true;
};

/** A later request of an order ends the waiting of the earlier ones. */
const endWaitingOf = (world: World, { attempts }: SimulatedOrder): void => {
  for (const each of attempts) {
    if (each.recorded.status === 'waiting') each.recorded.status = 'over';
    if (each.status !== 'waiting') continue;
    world.endWaiting(each);
    each.status = 'over';
  }
};

/** A hold that was taken over is none any more. */
const endHold = ({ attempts }: SimulatedOrder, { wanted }: SimulatedAttempt): void => {
  const hold = attempts.find(({ attempt, isRest }) => !isRest && attempt === wanted.holdAttempt);
  if (hold) endInRecord(hold);
};
const endInRecord = ({ recorded }: SimulatedAttempt): void =>
  void Object.assign(recorded, { status: 'over', choices: [], units: new Map() });

/** An item says that an attempt has nothing of it any more: what is given up here as well is free from here on. */
export const closeGrant = (world: World, { data }: GrantClosed, revision: number): void => {
  const order = world.orders.get(data.orderId);
  if (!order) return;
  const ofAttempt = order.attempts.filter(({ attempt }) => attempt === data.attempt);
  const hold = ofAttempt.find(({ status }) => status === 'held');
  // A hold goes item by item before it is said that the order which had it waits: that was decided, and is decided here, before.
  const taker = hold && order.attempts.find(({ wanted, status }) => wanted.holdAttempt === hold.attempt && status === 'requested');
  if (hold && taker) {
    endInRecord(hold);
    if (world.follows()) world.letGo(hold);
    else world.decide(taker, new Map());
  }
  for (const each of ofAttempt) world.close(each, { revision, at: world.now() }, data.sku);
};

/** Also what the attempt had here alone: every item of which it had something in the record has said so by now. */
const closeRest = (world: World, { attempts }: SimulatedOrder, attempt: number | null): void => {
  for (const each of attempts) if (each.attempt === attempt) world.close(each, { revision: 0, at: world.now() });
};

const waiting = (world: World, order: SimulatedOrder, attempt: SimulatedAttempt): void => {
  attempt.recorded.status = 'waiting';
  endHold(order, attempt);
  if (world.follows()) followWaiting(world, order, attempt);
  else world.decide(attempt, new Map());
  closeRest(world, order, attempt.wanted.holdAttempt);
};

const choicesOf = (units: readonly PlannedUnits[]): readonly Choice[] =>
  units.map(({ lineId, sku, warehouseId, quantity }) => ({ lineId, sku, warehouseId, quantity }));

const decided = (world: World, order: SimulatedOrder, attempt: SimulatedAttempt, { data }: AllocationDecided): void => {
  const { units, record } = data;
  const before = attempt.recorded.choices;
  const choices = choicesOf(units);
  attempt.recorded.choices = choices;
  attempt.recorded.partly = choices.length > 0 && (record?.missing.length ?? 0) > 0;
  attempt.recorded.units = new Map(
    units.map(({ allocationId, lineId, sku, warehouseId, quantity }): [string, Units] => [
      allocationId,
      { lineId, sku, warehouseId, kept: quantity, open: quantity },
    ]),
  );
  if (world.follows()) return followPlan(world, order, attempt, choices);
  if (attempt.wanted.kind === 'move') return;
  // A person moved the hold: here too, where it is the same hold.
  if (record === null) return JSON.stringify(attempt.choices) === JSON.stringify(before) ? world.give(attempt, choices) : undefined;
  if (attempt.recorded.partly) dropRests(world, order, attempt);
  const seen: SeenUpTo = new Map(record.seen.map(({ sku, revision }) => [skuKey(sku), revision]));
  world.decide(attempt, seen);
};

const followPlan = (world: World, { attempts }: SimulatedOrder, attempt: SimulatedAttempt, choices: readonly Choice[]): void => {
  world.endWaiting(attempt);
  world.give(attempt, choices);
  attempt.status = attempt.wanted.kind === 'hold' ? 'held' : 'granted';
  attempt.decidedAt = world.now();
  freeHold(world, attempts, attempt);
};

const followWaiting = (world: World, { attempts }: SimulatedOrder, attempt: SimulatedAttempt): void => {
  freeHold(world, attempts, attempt);
  world.letWait(attempt);
};

const freeHold = (world: World, attempts: readonly SimulatedAttempt[], { wanted }: SimulatedAttempt): void => {
  const hold = attempts.find(({ attempt, status }) => attempt === wanted.holdAttempt && status === 'held');
  if (hold) world.takeBack(hold);
};

/** Sales asks for the rest itself, as it was given a part in the record too. */
const dropRests = (world: World, { attempts }: SimulatedOrder, { attempt }: SimulatedAttempt): void => {
  for (const each of attempts) if (each.isRest && each.attempt === attempt && each.status === 'waiting') world.takeBack(each);
};

const withdraw = (world: World, order: SimulatedOrder, attempt: SimulatedAttempt): void => {
  attempt.recorded.status = 'over';
  attempt.recorded.choices = [];
  attempt.recorded.units = new Map();
  for (const each of order.attempts) if (each.attempt === attempt.attempt) world.letGo(each);
  if (world.follows() || attempt.wanted.kind === 'move') return;
  order.touched = true;
  // What an earlier attempt was given in the record, and this one was to be given here, is still wanted.
  const owed = debtsOf(order).filter(({ quantity }) => quantity > 0);
  if (owed.length === 0) return;
  const rest = newAttempt(order.orderId, attempt.attempt, withDebts({ ...attempt.wanted, lines: [], holdAttempt: null }, owed), true);
  order.attempts.push(rest);
  world.decide(rest, new Map());
};
