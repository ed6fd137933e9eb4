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
import { allocationStream, itemStream } from '../stock.streams';
import { account } from './allocation-scene';
import { allocationsOf, skus, walk, type World } from './allocation-walk';
import { seenBy } from './seeing-items';

type Stock = ReadonlyMap<string, Item>;
type Tried = { readonly orderId: string; readonly allocation: Allocation; readonly attempt: Attempt };

/** Folds every item event by event; a grant that raises what is promised must be covered, and figures are the sums of what is open. */
const stockOf = async (w: World, problems: string[]): Promise<Stock> => {
  const stock = new Map<string, Item>();
  for (const sku of skus) {
    let item = itemDecider.initialState();
    for (const { type, data, revision } of await w.store.readStream(itemStream(account, sku))) {
      const event = { type, data } as ItemEvent;
      item = itemDecider.evolve(item, event);
      for (const warehouseId of item.warehouses.keys())
        problems.push(...wrongAt(item, warehouseId, event).map((what) => `${what}: ${sku}, ${warehouseId}, revision ${revision}`));
    }
    stock.set(sku, item);
  }
  return stock;
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

const wrongWith = (w: World, stock: Stock, { orderId, allocation, attempt }: Tried): readonly string[] => {
  const key = attemptKey({ orderId, attempt: attempt.attempt });
  const isPromised = attempt.status === 'granted' || attempt.status === 'held';
  const due = isPromised ? (attempt.lastPlan?.units ?? []).filter(({ allocationId }) => !w.sold.get(orderId)?.left.has(allocationId)) : [];
  const has = [...stock.values()].flatMap((item) => [...item.allocations.values()].filter((each) => each.key === key));
  const named = (units: readonly { readonly allocationId: string; readonly quantity: number; readonly warehouseId: string }[]): string =>
    units
      .map((each) => `${each.allocationId} ${each.quantity} ${each.warehouseId}`)
      .sort()
      .join();
  return [
    ...(named(due) === named(has) ? [] : [`is due ${named(due)} and has ${named(has)}`]),
    ...(attempt.planOpen || attempt.status === 'withdrawn' ? ['was left half way'] : []),
    ...(attempt.status === 'waiting' && wouldFit(stock, { orderId, allocation, attempt }) ? ['waits for what is there'] : []),
  ].map((what) => `${key} (${attempt.status}) ${what}`);
};

const isLast = (allocation: Allocation, { attempt }: Attempt): boolean =>
  ![...allocation.attempts.values()].some((each) => each.attempt > attempt && each.wanted?.kind === 'allocate');

const wouldFit = (stock: Stock, { orderId, allocation, attempt }: Tried): boolean => {
  const { wanted } = attempt;
  if (wanted === null || !isLast(allocation, attempt)) return false;
  const items = new Map(skus.map((sku) => [sku, { state: stock.get(sku) as Item, revision: 0, lastEventId: null, seenAt: '' }]));
  return (allocationRules[1]?.(wanted, seenBy({ orderId, attempt: attempt.attempt, wanted }, items)).choices.length ?? 0) > 0;
};

/** What was announced is what its plan says; every attempt that stock was asked for has an outcome. */
const wrongInLog = (w: World, orderId: string, allocation: Allocation, events: readonly RecordedEvent[]): readonly string[] => {
  const planned = new Map<string, string>();
  const wrong: string[] = [];
  for (const { type, data } of events) {
    const event = { type, data } as AllocationEvent;
    if (event.type !== 'AllocationDecided' && event.type !== 'AllocationGranted' && event.type !== 'AllocationHeld') continue;
    const { attempt, plan, units } = event.data;
    const key = `${orderId}:${attempt}, plan ${plan}`;
    if (event.type === 'AllocationDecided') planned.set(key, JSON.stringify(units));
    else if (planned.get(key) !== JSON.stringify(units)) wrong.push(`${key} was announced otherwise than planned`);
  }
  const asked = w.topic.flatMap((each) => (each.asks === 'allocation' && each.toTry.orderId === orderId ? [each.toTry.attempt] : []));
  const open = asked.filter((number) => (allocation.attempts.get(number)?.status ?? 'requested') === 'requested');
  return [...wrong, ...open.map((number) => `${orderId}:${number} has no outcome`)];
};

const problemsOf = async (seed: number): Promise<readonly unknown[]> => {
  const { world, failures } = await walk(seed);
  const problems: string[] = [];
  const stock = await stockOf(world, problems);
  for (const { orderId, state } of await allocationsOf(world)) {
    problems.push(...[...state.attempts.values()].flatMap((attempt) => wrongWith(world, stock, { orderId, allocation: state, attempt })));
    problems.push(...wrongInLog(world, orderId, state, await world.store.readStream(allocationStream(account, orderId))));
  }
  return [...problems, ...failures];
};

describe('any schedule of owners, orders and people', () => {
  it.each(Array.from({ length: 10 }, (_, index) => index * 40))(
    'promises nothing twice and leaves nobody behind: 40 schedules from seed %i',
    async (first) => {
      for (let seed = first; seed < first + 40; seed++) expect({ seed, problems: await problemsOf(seed) }).toEqual({ seed, problems: [] });
    },
  );
});
