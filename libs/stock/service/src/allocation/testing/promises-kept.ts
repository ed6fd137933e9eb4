import type { RecordedEvent } from '@stockproof/event-store';
import {
  allocationRules,
  attemptKey,
  available,
  itemDecider,
  type Allocation,
  type AllocationEvent,
  type Attempt,
  type Item,
  type ItemEvent,
  type Wanted,
} from '@stockproof/stock-domain';
import type { Sku } from '@stockproof/vocabulary';
import { seenBy } from '../seeing-items';

/** An item as its events make it, and at which of them something was wrong with it. */
export type Audited = { readonly item: Item; readonly problems: readonly string[] };

/** Folds an item event by event: a grant that raises what is promised must be covered, and figures are the sums of what is open. */
export const auditItem = (events: readonly RecordedEvent[]): Audited => {
  let item = itemDecider.initialState();
  const problems: string[] = [];
  for (const { type, data, revision, stream } of events) {
    const event = { type, data } as ItemEvent;
    item = itemDecider.evolve(item, event);
    for (const warehouseId of item.warehouses.keys())
      problems.push(...wrongAt(item, warehouseId, event).map((what) => `${what}: ${stream}, ${warehouseId}, revision ${revision}`));
  }
  return { item, problems };
};

const wrongAt = (item: Item, warehouseId: string, event: ItemEvent): readonly string[] => {
  const quantities = item.warehouses.get(warehouseId)?.quantities ?? { total: 0, unsellable: 0, allocated: 0, held: 0 };
  const raised = event.data.changes
    .filter((change) => change.warehouseId === warehouseId)
    .reduce((sum, { allocated = 0, held = 0 }) => sum + allocated + held, 0);
  const open = (kind: Wanted['kind']): number =>
    [...item.allocations.values()]
      .filter((each) => each.warehouseId === warehouseId && item.grants.get(each.key)?.kind === kind)
      .reduce((sum, { quantity, shipped }) => sum + quantity - shipped, 0);
  const overpromised = event.type === 'UnitsGranted' && raised > 0 && available(quantities) < 0;
  const unowned = open('allocate') !== quantities.allocated || open('hold') !== quantities.held;
  return [...(overpromised ? ['promised twice'] : []), ...(unowned ? ['promised to nobody'] : [])];
};

/** One order as its stream has it, and which of its allocations have left: shipped, or released. */
export type OrderAtRest = { readonly orderId: string; readonly allocation: Allocation; readonly left: ReadonlySet<string> };

/** What is wrong with an order when nobody has anything left to do: not exactly what it is due, half way, or waiting in vain. */
export const wrongAtRest = (stock: ReadonlyMap<Sku, Item>, order: OrderAtRest): readonly string[] =>
  [...order.allocation.attempts.values()].flatMap((attempt) => wrongWith(stock, order, attempt));

const wrongWith = (stock: ReadonlyMap<Sku, Item>, order: OrderAtRest, attempt: Attempt): readonly string[] => {
  const { orderId, left } = order;
  const key = attemptKey({ orderId, attempt: attempt.attempt });
  const isPromised = attempt.status === 'granted' || attempt.status === 'held';
  const due = isPromised ? (attempt.lastPlan?.units ?? []).filter(({ allocationId }) => !left.has(allocationId)) : [];
  const has = [...stock.values()].flatMap((item) => [...item.allocations.values()].filter((each) => each.key === key));
  return [
    ...(named(due) === named(has) ? [] : [`is due ${named(due)} and has ${named(has)}`]),
    ...(attempt.planOpen || attempt.status === 'withdrawn' ? ['was left half way'] : []),
    ...(attempt.status === 'waiting' && wouldFit(stock, order, attempt) ? ['waits for what is there'] : []),
  ].map((what) => `${key} (${attempt.status}) ${what}`);
};

const named = (units: readonly { readonly allocationId: string; readonly quantity: number; readonly warehouseId: string }[]): string =>
  units
    .map((each) => `${each.allocationId} ${each.quantity} ${each.warehouseId}`)
    .sort()
    .join();

const wouldFit = (stock: ReadonlyMap<Sku, Item>, { orderId, allocation }: OrderAtRest, { attempt, wanted }: Attempt): boolean => {
  if (wanted === null || !isLast(allocation, attempt)) return false;
  const items = new Map([...stock].map(([sku, state]) => [sku, { state, revision: 0, lastEventId: null, seenAt: '' }]));
  return (allocationRules[1]?.(wanted, seenBy({ orderId, attempt, wanted }, items)).choices.length ?? 0) > 0;
};

const isLast = (allocation: Allocation, attempt: number): boolean =>
  ![...allocation.attempts.values()].some((each) => each.attempt > attempt && each.wanted?.kind === 'allocate');

/** What was announced is what its plan says. */
export const wrongAnnouncements = (events: readonly RecordedEvent[]): readonly string[] => {
  const planned = new Map<string, string>();
  const wrong: string[] = [];
  for (const { type, data } of events) {
    const event = { type, data } as AllocationEvent;
    if (event.type !== 'AllocationDecided' && event.type !== 'AllocationGranted' && event.type !== 'AllocationHeld') continue;
    const { orderId, attempt, plan, units } = event.data;
    const key = `${orderId}:${attempt}, plan ${plan}`;
    if (event.type === 'AllocationDecided') planned.set(key, JSON.stringify(units));
    else if (planned.get(key) !== JSON.stringify(units)) wrong.push(`${key} was announced otherwise than planned`);
  }
  return wrong;
};

/** Every attempt that stock was asked for has an outcome. */
export const withoutOutcome = ({ orderId, allocation }: OrderAtRest, asked: readonly number[]): readonly string[] =>
  asked
    .filter((number) => (allocation.attempts.get(number)?.status ?? 'requested') === 'requested')
    .map((number) => `${orderId}:${number} has no outcome`);
