import { commandHandling, type CommandContext } from '@stockproof/command-handling';
import { inMemoryEventStore, type EventStore, type StreamAppend } from '@stockproof/event-store';
import type { Wanted, ItemCommand, Candidate } from '@stockproof/stock-domain';
import { skuKey, type Clock } from '@stockproof/vocabulary';
import { allocationStream, itemStream, stockStreams, type StockStreams } from '../stock.streams';
import { allocator, type Allocator, type StockRequest } from './allocator';
import type { AttemptResult, Cause } from './attempt-try';
import type { WaitingList } from './waiting-orders';

export const account = '00000000-0000-4000-8000-00000000000a';
export const A = 'warehouse-a';
export const B = 'warehouse-b';

/** One process of stock: its own cache and its own view of the store, of which a test may stop any append. */
export type Owner = {
  readonly streams: StockStreams;
  readonly allocator: Allocator;
  /** Works on requests as the consumer does, and commits the marks. */
  readonly work: (...requests: readonly StockRequest[]) => Promise<void>;
  /** A person, over HTTP, in this very process. */
  readonly adjust: (sku: string, by: number) => Promise<unknown>;
  /** Before the next append that matches, this happens first; a thrown error is a crash there. */
  readonly before: (matches: (append: StreamAppend) => boolean, happens: () => Promise<unknown>) => void;
};

export type Scene = {
  readonly store: EventStore;
  readonly owner: () => Owner;
  readonly adjust: (sku: string, by: number, warehouseId?: string) => Promise<number>;
  readonly state: (
    sku: string,
    warehouseId?: string,
  ) => Promise<{ readonly total: number; readonly allocated: number; readonly held: number; readonly available: number }>;
  readonly status: (orderId: string, attempt?: number) => Promise<string | undefined>;
  readonly waiting: () => readonly string[];
};

/** The list of waiting orders as the consumer commits it. */
const committedMarks = () => {
  const marks = new Map<string, AttemptResult>();
  const list: WaitingList = {
    rowsFor: (_, keys) =>
      Promise.resolve(
        [...marks.values()].flatMap(({ orderId, attempt, waits }) =>
          waits?.lines.some((line) => keys.includes(skuKey(line.sku)))
            ? [{ orderId, attempt, orderDate: waits.orderDate, arrivedAt: waits.arrivedAt }]
            : [],
        ),
      ),
  };
  const commit = (results: readonly AttemptResult[]): void => {
    for (const result of results) {
      if (result.waits) marks.set(`${result.orderId}:${result.attempt}`, result);
      else marks.delete(`${result.orderId}:${result.attempt}`);
    }
  };
  const waiting = (): readonly string[] => [...marks.values()].flatMap(({ orderId, waits }) => (waits ? [orderId] : []));
  return { list, commit, waiting };
};

/** What a person asks for over HTTP, each time under an id of its own. */
const adjustments = (clock: Clock) => {
  let commands = 0;
  const adjustment = (sku: string, by: number, warehouseId: string): [ItemCommand, CommandContext] => {
    const now = clock.now();
    const command: ItemCommand = {
      type: 'AdjustStock',
      data: { sku, now, warehouseId, by, reason: 'counted', note: null, reference: null, at: now },
    };
    return [
      command,
      {
        commandId: `adjust-${(commands += 1)}`,
        correlationId: 'c',
        causationId: 'c',
        actor: 'user:1',
        organizationId: 'o',
        accountId: account,
      },
    ];
  };
  return adjustment;
};

/** Real deciders, real command handling, the real allocator, over one in-memory log. */
export const scene = (): Scene => {
  let tick = Date.parse('2026-01-10T12:00:00.000Z');
  const clock: Clock = { now: () => new Date((tick += 1)).toISOString() };
  const store = inMemoryEventStore({ clock });
  const { list, commit, waiting } = committedMarks();
  const adjustment = adjustments(clock);
  const owner = (): Owner => {
    const stops: { matches: (append: StreamAppend) => boolean; happens: () => Promise<unknown> }[] = [];
    const watched: EventStore = {
      ...store,
      append: async (appends) => {
        const index = stops.findIndex((stop) => appends.some(stop.matches));
        const [stop] = index < 0 ? [] : stops.splice(index, 1);
        await stop?.happens();
        return store.append(appends);
      },
    };
    const streams = stockStreams(commandHandling({ store: watched, clock }));
    const allocating = allocator({ streams, clock }, list);
    const adjustHere: Owner['adjust'] = (sku, by) => streams.items.handle(itemStream(account, sku), ...adjustment(sku, by, A));
    return {
      streams,
      allocator: allocating,
      adjust: adjustHere,
      work: async (...requests) => commit(await allocating.work(account, requests)),
      before: (matches, happens) => void stops.push({ matches, happens }),
    };
  };

  const people = stockStreams(commandHandling({ store, clock }));
  const fresh = () => stockStreams(commandHandling({ store, clock }));
  return {
    store,
    owner,
    adjust: async (sku, by, warehouseId = A) => {
      const handled = await people.items.handle(itemStream(account, sku), ...adjustment(sku, by, warehouseId));
      if (handled.outcome === 'rejected') throw new Error(handled.rejection.type);
      return handled.revision;
    },
    state: async (sku, warehouseId = A) => {
      const { state } = await fresh().items.load(itemStream(account, sku));
      const { total = 0, allocated = 0, held = 0 } = state.warehouses.get(warehouseId)?.quantities ?? {};
      return { total, allocated, held, available: total - allocated - held };
    },
    status: async (orderId, attempt = 1) =>
      (await fresh().allocations.load(allocationStream(account, orderId))).state.attempts.get(attempt)?.status,
    waiting,
  };
};

const candidates: readonly Candidate[] = [
  { warehouseId: A, code: 'A', priority: 1, checked: true },
  { warehouseId: B, code: 'B', priority: 2, checked: true },
];

let messages = 0;
const cause = (): Cause => ({ id: `message-${(messages += 1)}`, organizationId: 'o', accountId: account, correlationId: 'c' });

export const wants = (lines: Readonly<Record<string, number>>, more: Partial<Wanted> = {}): Wanted => ({
  kind: 'allocate',
  orderNumber: 'number',
  orderDate: '2026-01-09T00:00:00.000Z',
  arrivedAt: '2026-01-09T00:00:00.000Z',
  lines: Object.entries(lines).map(([sku, quantity], index) => ({ lineId: String(index + 1), sku, quantity })),
  candidates,
  settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false },
  holdAttempt: null,
  ...more,
});

export const request = (orderId: string, wanted: Wanted, attempt = 1): StockRequest => ({
  asks: 'allocation',
  toTry: { orderId, attempt, wanted, cause: cause() },
});
export const withdrawal = (orderId: string, attempt = 1): StockRequest => ({
  asks: 'withdrawal',
  of: { orderId, attempt, cause: cause() },
});
export const wake = (sku: string, revision: number): StockRequest => ({ cause: cause(), asks: 'wake', sku, revision });
export const finish = (orderId: string, revision: number, attempt = 1): StockRequest => ({
  asks: 'finish',
  of: { orderId, attempt, cause: cause() },
  revision,
});

/** An append that only asks where this stream stands. */
export const checks =
  (id: string) =>
  (append: StreamAppend): boolean =>
    append.stream.endsWith(id) && append.events.length === 0;

/** An append that writes an event of this type, to the stream of this SKU or order where it is named. */
export const writes =
  (type: string, id = '') =>
  (append: StreamAppend): boolean =>
    append.stream.endsWith(id) && append.events.some((event) => event.type === type);
