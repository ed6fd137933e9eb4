import { inMemoryEventStore } from '@stockproof/event-store';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { migrate } from '@stockproof/postgres-migrations';
import { projectionRunner } from '@stockproof/projections';
import { sql, type TenantReader } from '@stockproof/sql';
import { countedBy, pastMoments, readPastLevels, readPromises, stockService, type Moments } from '@stockproof/stock-service';
import { accountId, instantOf, positionOf, sku, type History } from './history';

const batchSize = 1_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const wanted = new Set(['stock-movements', 'stock-promises', 'allocations']);
const projections = stockService.projections.filter(({ name }) => wanted.has(name));

/** A ledger of one history, asked as HTTP asks: as the reader, under row-level security. */
export type Ledger = {
  readonly levels: (asOfMs: number, knownMs: number | null) => Promise<{ readonly total: number; readonly allocated: number } | null>;
  readonly promised: (asOfMs: number, knownMs: number | null) => Promise<number>;
  /** Blocks of 8 KiB that each read touches. */
  readonly blocks: (asOfMs: number, knownMs: number | null) => Promise<{ readonly figures: number; readonly orders: number }>;
  readonly close: () => Promise<void>;
};

/** Loads a history through the views' own projections, which are what a rebuild runs too. */
export const ledgerOf = async (
  { url, name, say }: { readonly url: string; readonly name: string; readonly say: (progress: string) => void },
  history: History,
): Promise<Ledger> => {
  const service = `bench_past_${name}`;
  await migrate({ url, service, folders: [] });
  const databases = openDatabases({ url, service, log: silent });
  const store = inMemoryEventStore({ clock: { now: () => instantOf(Date.now()) } });
  await projectionRunner({ service, store, owner: databases.owner, worker: databases.worker, projections, log: silent }).prepare();
  await load(databases, history, say);
  for (const table of ['stock_movements_v2', 'stock_balances_v2', 'stock_promises_v1'])
    await databases.owner.query(sql(`analyze ${table}`));
  const { reader } = databases;
  const resolve = (asOfMs: number, knownMs: number | null): Promise<Moments> =>
    pastMoments({
      reader,
      clock: { now: () => instantOf(Date.now()) },
      views: { waitFor: async () => true, positionOf: async () => '' },
      store: { ...store, head: async () => ({ position: positionOf(history.size - 1), eventId: null }) },
    }).resolve(accountId, { asOf: instantOf(asOfMs), ...(knownMs === null ? {} : { knownAt: instantOf(knownMs) }) }, ['stock-movements']);
  const read = async (by: TenantReader, moments: Moments) =>
    readPastLevels(
      by,
      { accountId, counted: countedBy(moments) },
      { skus: [sku], warehouseId: null, kind: null },
      { after: null, limit: 50 },
    );
  const readOrders = (by: TenantReader, moments: Moments) =>
    readPromises(by, { accountId, moments }, { sku, warehouseId: null }, { after: null, limit: 100_000 });
  const touched = async (reading: (by: TenantReader, moments: Moments) => Promise<unknown>, moments: Moments): Promise<number> => {
    const explained: Plan[] = [];
    await reading(explaining(reader, explained), moments);
    return explained.reduce((sum, plan) => sum + plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], 0);
  };
  return {
    levels: async (asOfMs, knownMs) => (await read(reader, await resolve(asOfMs, knownMs)))[0] ?? null,
    promised: async (asOfMs, knownMs) =>
      (await readOrders(reader, await resolve(asOfMs, knownMs))).reduce((sum, { quantity }) => sum + quantity, 0),
    blocks: async (asOfMs, knownMs) => {
      const moments = await resolve(asOfMs, knownMs);
      return { figures: await touched(read, moments), orders: await touched(readOrders, moments) };
    },
    close: async () => {
      await store.close();
      await databases.close();
    },
  };
};

const load = async ({ worker }: OpenDatabases, history: History, say: (progress: string) => void): Promise<void> => {
  const events = history.events();
  for (let done = 0; done < history.size; done += batchSize) {
    const batch = nextOf(events, batchSize);
    await worker.transaction(async (tx) => {
      for (const { project, handles } of projections) {
        const heard = batch.filter(({ type }) => handles.includes(type));
        if (heard.length > 0) for (const statement of project(heard)) await tx.query(statement);
      }
    });
    if (done % 100_000 === 0)
      say(`${history.size.toLocaleString('en')} events: ${(done + batch.length).toLocaleString('en')} are in the ledger`);
  }
};

const nextOf = <T>(from: Iterator<T>, count: number): readonly T[] => {
  const taken: T[] = [];
  while (taken.length < count) {
    const { value, done } = from.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
};

type Plan = { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };

/** Says what the statement does instead of what it finds. */
const explaining = (reader: TenantReader, explained: Plan[]): TenantReader => ({
  readAs: async (tenant, { text, values }) => {
    const rows = await reader.readAs<{ readonly 'QUERY PLAN': readonly [{ readonly Plan: Plan }] }>(
      tenant,
      sql(`explain (analyze, buffers, format json) ${text}`, ...values),
    );
    for (const row of rows) explained.push(row['QUERY PLAN'][0].Plan);
    return [];
  },
});
