import { setImmediate as macrotask } from 'node:timers/promises';
import { commandHandling, type CommandContext } from '@stockproof/command-handling';
import { inMemoryEventStore, startOfLog, type EventStore, type RecordedEvent } from '@stockproof/event-store';
import type { PlannedUnits, Wanted } from '@stockproof/stock-domain';
import { skuKey, type Clock } from '@stockproof/vocabulary';
import { moveHold } from '../holds/moving-holds';
import { stockPublication } from '../publishes/stock.publication';
import { allocationStream, itemStream, stockStreams, type StockStreams } from '../stock.streams';
import { A, account, B, finish, request, wake, wants, withdrawal } from './allocation-scene';
import { allocator, type Allocator, type StockRequest } from './allocator';
import type { AttemptResult } from './attempt-try';

export const skus = ['tea', 'cup'];
export const orderIds = ['o1', 'o2', 'o3'];
const baskets: readonly Readonly<Record<string, number>>[] = [{ tea: 1 }, { tea: 2 }, { cup: 1 }, { tea: 1, cup: 1 }, { tea: 2, cup: 2 }];

/** A call to the store that waits for its turn. */
type Call = { readonly by: number; readonly go: () => void; readonly lose: () => void; readonly loseAnswer: () => void };
type Sold = { attempt: number; stage: 'idle' | 'asked' | 'held' | 'taking'; hold: number; readonly left: Set<string> };
type Owner = { readonly id: number; readonly streams: StockStreams; readonly work: Allocator['work']; busy: boolean };

const chance = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const worldOf = (seed: number) => {
  let tick = Date.parse('2026-01-10T12:00:00.000Z');
  const clock: Clock = { now: () => new Date((tick += 1)).toISOString() };
  return {
    any: chance(seed),
    clock,
    store: inMemoryEventStore({ clock }),
    later: (ms: number) => void (tick += ms),
    calls: [] as Call[],
    dead: new Set<number>(),
    stalled: new Set<number>(),
    topic: [] as StockRequest[],
    marks: new Map<string, AttemptResult>(),
    committed: 0,
    owner: 0,
    published: startOfLog,
    told: [] as RecordedEvent[],
    sold: new Map<string, Sold>(orderIds.map((id) => [id, { attempt: 0, stage: 'idle', hold: 0, left: new Set() }])),
  };
};
export type World = ReturnType<typeof worldOf>;

const streamsOf = (w: World, by: number): StockStreams => {
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const lost = (): void => reject(new Error('connection lost'));
      if (!w.dead.has(by))
        w.calls.push({ by, go: () => void work().then(resolve, reject), lose: lost, loseAnswer: () => void work().then(lost, reject) });
    });
  const { append, readStream, readStreams } = w.store;
  const store: EventStore = {
    ...w.store,
    append: (all) => inTurn(() => append(all)),
    readStream: (...read) => inTurn(() => readStream(...read)),
    readStreams: (reads) => inTurn(() => readStreams(reads)),
  };
  return stockStreams(commandHandling({ store, clock: w.clock }));
};

const startOwner = (w: World): Owner => {
  const id = (w.owner += 1);
  const streams = streamsOf(w, id);
  const rowsFor = (keys: readonly string[]) =>
    [...w.marks.values()].flatMap(({ orderId, attempt, waits }) =>
      waits?.lines.some((line) => keys.includes(skuKey(line.sku)))
        ? [{ orderId, attempt, orderDate: waits.orderDate, arrivedAt: waits.arrivedAt }]
        : [],
    );
  return { id, streams, work: allocator({ streams, clock: w.clock }, { rowsFor: async (_, keys) => rowsFor(keys) }).work, busy: false };
};

/** A batch of the topic; its marks and the checkpoint are committed together, and only by the present owner. */
const workOff = async (w: World, owner: Owner): Promise<void> => {
  const from = w.committed;
  const batch = w.topic.slice(from, from + 1 + w.any(4));
  if (owner.busy || batch.length === 0) return;
  owner.busy = true;
  try {
    const results = await owner.work(account, batch);
    if (w.owner !== owner.id) return;
    for (const each of results) {
      if (each.waits) w.marks.set(`${each.orderId}:${each.attempt}`, each);
      else w.marks.delete(`${each.orderId}:${each.attempt}`);
    }
    w.committed = from + batch.length;
  } catch (error) {
    if ((error as Error).message !== 'connection lost') throw error;
  } finally {
    owner.busy = false;
  }
};

const publish = async (w: World, most: number): Promise<number> => {
  const { events, scannedTo } = await w.store.readAll(w.published, most);
  w.published = scannedTo;
  for (const event of events) {
    w.told.push(event);
    const facts = stockPublication.handles.includes(event.type) ? stockPublication.facts(event) : [];
    for (const { data } of facts.filter(({ type }) => type.includes('stock-rose')))
      w.topic.push(wake(String(data['sku']), Number(data['revision'])));
  }
  return events.length;
};

/** What a sales order does next, as sales would: it answers what it has been told and takes back what it no longer wants. */
const sell = (w: World): void => {
  const orderId = orderIds[w.any(orderIds.length)] as string;
  const sold = w.sold.get(orderId) as Sold;
  const answer = answerTo(w, orderId, sold);
  if (sold.stage === 'idle') return askFor(w, orderId, sold, w.any(3) === 0 ? 'hold' : 'allocate');
  if (answer?.type === 'AllocationHeld' && w.any(3) > 0) return askFor(w, orderId, sold, 'allocate');
  if (answer?.type === 'AllocationGranted') return ship(w, orderId, sold, answer.data['units'] as readonly PlannedUnits[]);
  w.topic.push(withdrawal(orderId, sold.attempt), ...(sold.stage === 'taking' ? [withdrawal(orderId, sold.hold)] : []));
  sold.stage = 'idle';
};

const answerTo = (w: World, orderId: string, { attempt }: Sold): RecordedEvent | undefined =>
  w.told.findLast(
    ({ type, data }) =>
      (type === 'AllocationGranted' || type === 'AllocationHeld') && data['orderId'] === orderId && data['attempt'] === attempt,
  );

const askFor = (w: World, orderId: string, sold: Sold, kind: Wanted['kind']): void => {
  const settings = { allowSplitting: w.any(3) > 0, maximumShipments: null, allowLineSplit: w.any(3) === 0, partial: w.any(4) === 0 };
  const takesOver = sold.stage === 'held';
  const more = { kind, settings, orderDate: `2026-01-0${1 + w.any(9)}T00:00:00.000Z`, holdAttempt: takesOver ? sold.attempt : null };
  w.topic.push(request(orderId, wants(baskets[w.any(baskets.length)] ?? {}, more), sold.attempt + 1));
  Object.assign(sold, { attempt: sold.attempt + 1, hold: sold.attempt, stage: takesOver ? 'taking' : kind === 'hold' ? 'held' : 'asked' });
};

const ship = (w: World, orderId: string, sold: Sold, units: readonly PlannedUnits[]): void => {
  const unit = units.find(({ allocationId }) => !sold.left.has(allocationId));
  if (!unit) return;
  sold.left.add(unit.allocationId);
  const { shipmentId, warehouseId, allocationId, sku, quantity } = unit;
  const of = { orderId, shipmentId, at: w.clock.now() };
  const fact =
    w.any(2) === 0
      ? ({ ...of, fact: 'shipped', warehouseId, units: [{ allocationId, sku, shipped: quantity }] } as const)
      : ({ ...of, fact: 'released', reason: 'shipment-cancelled', units: [{ allocationId, sku }] } as const);
  w.topic.push({
    cause: { id: `${fact.fact} ${allocationId}`, organizationId: 'o', accountId: account, correlationId: 'c' },
    asks: 'units',
    fact,
  });
};

/** A person corrects stock or moves a hold; what comes of it is not waited for. */
const intervene = async (w: World, streams: StockStreams): Promise<void> => {
  const now = w.clock.now();
  const sku = skus[w.any(2)] as string;
  const context: CommandContext = {
    commandId: `person ${now}`,
    correlationId: 'c',
    causationId: 'c',
    actor: 'user:1',
    organizationId: 'o',
    accountId: account,
  };
  const [from, to] = w.any(2) === 0 ? [A, B] : [B, A];
  try {
    if (w.any(5) === 0)
      await moveHold({ streams, clock: w.clock }, account, { orderId: orderIds[w.any(3)] as string, from, to, lineIds: null }, context);
    else
      await streams.items.handle(
        itemStream(account, sku),
        {
          type: 'AdjustStock',
          data: { sku, now, warehouseId: from, by: w.any(3) - 1 || 2, reason: 'counted', note: null, reference: null, at: now },
        },
        context,
      );
  } catch (error) {
    if (!/connection lost|found no end/.test((error as Error).message)) throw error;
  }
};

const call = (w: World, faulty: boolean): boolean => {
  const ready = w.calls.filter(({ by }) => !w.stalled.has(by));
  const next = ready[w.any(ready.length)];
  if (!next) return false;
  w.calls.splice(w.calls.indexOf(next), 1);
  const fault = faulty ? w.any(40) : 2;
  if (fault === 0) next.lose();
  else if (fault === 1) next.loseAnswer();
  else next.go();
  return true;
};

/** The partition goes to another: the old owner is dead, or only slow and does not know it yet. */
const handOver = (w: World, owner: Owner): Owner => {
  if (w.any(4) === 0) {
    w.dead.add(owner.id);
    w.calls.splice(0, w.calls.length, ...w.calls.filter(({ by }) => by !== owner.id));
  } else w.stalled.add(owner.id);
  return startOwner(w);
};

type Doing = { owner: Owner; readonly people: StockStreams; readonly failures: unknown[] };

const step = async (w: World, doing: Doing): Promise<void> => {
  const noted = (work: Promise<void>): void => void work.catch((error: unknown) => doing.failures.push(error));
  const dice = w.any(100);
  if (dice < 62) call(w, true);
  else if (dice < 73) noted(workOff(w, doing.owner));
  else if (dice < 81) sell(w);
  else if (dice < 87) noted(intervene(w, w.any(2) === 0 ? doing.owner.streams : doing.people));
  else if (dice < 94) await publish(w, 1 + w.any(4));
  else if (dice < 96) doing.owner = handOver(w, doing.owner);
  else if (dice < 98) w.stalled.clear();
  else if (dice < 99) w.later(3_600_000);
};

/** Without faults until nothing is left to do; late writers come last, and plans without an outcome are put on the topic again. */
const comeToRest = async (w: World, doing: Doing): Promise<void> => {
  for (let rounds = 0; rounds < 5_000; rounds++) {
    await macrotask();
    if (call(w, false)) continue;
    if (!doing.owner.busy && w.committed < w.topic.length)
      void workOff(w, doing.owner).catch((error: unknown) => doing.failures.push(error));
    else if (w.stalled.size > 0) w.stalled.clear();
    else if ((await publish(w, 100)) === 0 && !(await remind(w))) return;
  }
  doing.failures.push('never comes to rest');
};

/** Every order's allocation as the log has it, whatever any process believes. */
export const allocationsOf = (w: World) =>
  Promise.all(
    orderIds.map(async (orderId) => ({
      orderId,
      ...(await stockStreams(commandHandling({ store: w.store, clock: w.clock })).allocations.load(allocationStream(account, orderId))),
    })),
  );

const remind = async (w: World): Promise<boolean> => {
  const open = (await allocationsOf(w)).flatMap(({ orderId, state, revision }) =>
    [...state.attempts.values()].flatMap((each) => (each.planOpen ? [finish(orderId, revision, each.attempt)] : [])),
  );
  w.topic.push(...open);
  return open.length > 0;
};

/**
 * One schedule of owners that stall and come back, die, lose connections and answers, of orders that change their mind and people
 * who correct stock: step by step, over the real code, until all is quiet.
 */
export const walk = async (seed: number): Promise<{ readonly world: World; readonly failures: readonly unknown[] }> => {
  const world = worldOf(seed);
  const doing: Doing = { owner: startOwner(world), people: streamsOf(world, 0), failures: [] };
  for (let steps = 80 + world.any(120); steps > 0; steps--) {
    await macrotask();
    await step(world, doing);
  }
  await comeToRest(world, doing);
  return { world, failures: doing.failures };
};
