import { commandHandling, type CommandContext } from '@stockproof/command-handling';
import { eventStoreMigrations, postgresEventStore } from '@stockproof/event-store-postgres';
import { openDatabases } from '@stockproof/postgres-connection';
import { migrate } from '@stockproof/postgres-migrations';
import type { AllocationSettings, Wanted } from '@stockproof/stock-domain';
import { stockService } from '@stockproof/stock-service';
import { allocator, allocationStream, itemStream, markStatements, stockStreams, waitingList } from '@stockproof/stock-service/testing';
import { skuKey } from '@stockproof/vocabulary';
import { randomUUID } from 'node:crypto';

type Work = Parameters<ReturnType<typeof allocator>['work']>[1];

const organizationId = randomUUID();
const warehouseId = randomUUID();
export const sku = 'TSHIRT-BLUE-XL';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => new Date().toISOString() };
const settings: AllocationSettings = { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false };

/** An account whose orders wait for one SKU, worked on as the consumer of requests does: decided, then marked in one transaction. */
export type Queue = {
  readonly size: number;
  /** Units come or go, and who waits is tried where they have come. */
  readonly adjust: (by: number) => Promise<void>;
  /** How many of its orders have been granted what they want, the oldest of them first. */
  readonly granted: () => Promise<readonly number[]>;
  readonly marked: () => Promise<number>;
};

export type Desk = { readonly queueOf: (size: number, quantity: number) => Promise<Queue>; readonly close: () => Promise<void> };

/** One process of stock on its own schema. */
export const openDesk = async (url: string): Promise<Desk> => {
  const service = 'stock'; // its migrations name the roles of this service
  await migrate({
    url,
    service,
    folders: [
      { name: 'event-store', dir: eventStoreMigrations },
      { name: 'stock', dir: stockService.migrations },
    ],
  });
  const databases = openDatabases({ url, service, log: silent });
  const store = postgresEventStore({ url, schema: service, role: `${service}_writer` });
  const streams = stockStreams(commandHandling({ store, clock }));
  const list = waitingList(databases.worker);
  const allocating = allocator({ streams, clock }, list);

  const queueOf = async (size: number, quantity: number): Promise<Queue> => {
    const accountId = randomUUID();
    const work = async (requests: Work): Promise<void> => {
      const marks = markStatements(accountId, await allocating.work(accountId, requests));
      await databases.worker.transaction(async (tx) => {
        for (const mark of marks) await tx.query(mark);
      });
    };
    const cause = () => ({ id: randomUUID(), organizationId, accountId, correlationId: randomUUID() });
    const orders = Array.from({ length: size }, (_, order) => ({ orderId: randomUUID(), wanted: wants(order, quantity) }));
    for (let from = 0; from < size; from += 100)
      await work(
        orders.slice(from, from + 100).map((order) => ({ asks: 'allocation', toTry: { ...order, attempt: 1, cause: cause() } }) as const),
      );
    return {
      size,
      adjust: async (by) => {
        const handled = await streams.items.handle(itemStream(accountId, sku), adjustment(by), contextOf(accountId));
        if (handled.outcome === 'rejected') throw new Error(`an adjustment was refused: ${handled.rejection.type}`);
        if (by > 0) await work([{ asks: 'wake', sku, revision: handled.revision, cause: cause() }]);
      },
      granted: async () => {
        const loaded = await streams.allocations.loadMany(orders.map(({ orderId }) => allocationStream(accountId, orderId)));
        return loaded.flatMap(({ state }, index) => (state.attempts.get(1)?.status === 'granted' ? [index] : []));
      },
      marked: async () => (await list.rowsFor(accountId, [skuKey(sku)])).length,
    };
  };
  return {
    queueOf,
    close: async () => {
      await store.close();
      await databases.close();
    },
  };
};

const wants = (order: number, quantity: number): Wanted => ({
  kind: 'allocate',
  orderNumber: String(order),
  orderDate: new Date(Date.UTC(2026, 0, 1) + order * 1_000).toISOString(),
  arrivedAt: clock.now(),
  lines: [{ lineId: '1', sku, quantity }],
  candidates: [{ warehouseId, code: 'A', priority: 1, checked: true }],
  settings,
  holdAttempt: null,
});

const adjustment = (by: number) => {
  const now = clock.now();
  return { type: 'AdjustStock', data: { sku, now, warehouseId, by, reason: 'counted', note: null, reference: null, at: now } } as const;
};

const contextOf = (accountId: string): CommandContext => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  causationId: randomUUID(),
  actor: 'user:bench',
  organizationId,
  accountId,
});
