import { commandHandling, type Aggregate, type AggregateHandler, type CommandContext } from '@stockproof/command-handling';
import type { EventStore } from '@stockproof/event-store';
import { eventStoreMigrations, postgresEventStore, postgresSnapshots } from '@stockproof/event-store-postgres';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { migrate } from '@stockproof/postgres-migrations';
import {
  itemDecider,
  itemFromJson,
  itemSnapshotVersion,
  itemToJson,
  type Item,
  type ItemCommand,
  type ItemEvent,
  type ItemRejection,
} from '@stockproof/stock-domain';
import { randomUUID } from 'node:crypto';
import type { Bench, BenchCase, CaseResult, Check } from '../bench-case';
import { underLoad } from '../load';
import { medianRatio, medianRun, type Run } from '../statistics';

const callers = 32;
const openOnHotStream = 10_000;
const spreadOver = 1_000;
const schema = 'bench_stock';

const accountId = randomUUID();
const warehouseId = randomUUID();
const clock = { now: () => new Date().toISOString() };

/** As the stock service keeps its items. */
const itemAggregate: Aggregate<Item, ItemCommand, ItemEvent, ItemRejection> = {
  category: 'stock.item',
  decider: itemDecider,
  schemaVersion: 1,
  effectiveAt: (event) => event.data.changes[0]?.at ?? null,
  snapshot: { version: itemSnapshotVersion, every: 1_000, toJson: itemToJson, fromJson: itemFromJson },
};

type Items = AggregateHandler<Item, ItemCommand, ItemEvent, ItemRejection>;
type Granted = { readonly sku: string; readonly orderId: string };

/** One SKU that everybody wants, next to as many commands for a thousand SKUs. */
export const hotStream: BenchCase = {
  title: `Stock commands on one stream with ${openOnHotStream.toLocaleString('en')} open allocations, next to commands spread over ${spreadOver.toLocaleString('en')} streams`,
  run: async ({ url, effort, say }: Bench): Promise<CaseResult> => {
    await migrate({ url, service: schema, folders: [{ name: 'event-store', dir: eventStoreMigrations }] });
    const store = postgresEventStore({ url, schema, role: `${schema}_writer` });
    const databases = openDatabases({ url, service: schema, log: { warn: () => undefined } });
    const skus = { hot: ['HOT'], spread: Array.from({ length: spreadOver }, (_, index) => `SPREAD-${index}`) };
    const items = itemsOf(store, databases);
    say('stocking up');
    await stockUp(items, [...skus.hot, ...skus.spread]);
    await inParallel(openOnHotStream, 200, () => grant(items, 'HOT'));

    const sides = { hot: sideOf(items, skus.hot), spread: sideOf(items, skus.spread) };
    const runs: { readonly hot: Run[]; readonly spread: Run[] } = { hot: [], spread: [] };
    for (let round = 0; round < effort.rounds; round++) {
      say(`round ${round + 1}`);
      for (const side of ['spread', 'hot'] as const) runs[side].push((await underLoad({ callers, ...effort }, sides[side].call)).run);
    }
    const checks = await checked(itemsOf(store, databases), skus.hot, openOnHotStream + sides.hot.open(), 'the hot item');
    checks.push(...(await checked(itemsOf(store, databases), skus.spread, sides.spread.open(), 'the spread items')));
    await store.close();
    await databases.close();
    return {
      measurements: [
        { name: 'commands on one hot stream', callers, runs: runs.hot, median: medianRun(runs.hot) },
        { name: `commands spread over ${spreadOver} streams`, callers, runs: runs.spread, median: medianRun(runs.spread) },
      ],
      aims: [{ name: 'hot stream next to spread', atLeast: 0.9, measured: medianRatio(runs.hot, runs.spread) }],
      checks,
    };
  },
};

/** With nothing cached yet, as after a start. */
const itemsOf = (store: EventStore, databases: OpenDatabases): Items =>
  commandHandling({ store, clock, snapshots: postgresSnapshots(databases.writer) }).aggregate(itemAggregate);

const streamOf = (sku: string): string => `stock.item-${accountId}-${sku.toLowerCase()}`;

const ask = async (items: Items, command: ItemCommand): Promise<void> => {
  const commandId = randomUUID();
  const context: CommandContext = {
    commandId,
    correlationId: commandId,
    causationId: commandId,
    actor: 'service:bench',
    organizationId: accountId,
    accountId,
  };
  const handled = await items.handle(streamOf(command.data.sku), command, context);
  if (handled.outcome !== 'accepted') throw new Error(`${command.type} was refused: ${JSON.stringify(handled.rejection)}`);
};

const stockUp = (items: Items, skus: readonly string[]): Promise<unknown> =>
  Promise.all(
    skus.map((sku) => {
      const now = clock.now();
      return ask(items, {
        type: 'AdjustStock',
        data: { sku, now, warehouseId, by: 10_000_000, reason: 'found', note: null, reference: null, at: now },
      });
    }),
  );

const allocationIdOf = (orderId: string): string => `a-${orderId}`;

const grant = async (items: Items, sku: string): Promise<Granted> => {
  const [orderId, now] = [randomUUID(), clock.now()];
  const granted = [{ allocationId: allocationIdOf(orderId), shipmentId: orderId, lineId: orderId, warehouseId, quantity: 1 }];
  await ask(items, {
    type: 'GrantUnits',
    data: { sku, now, orderId, attempt: 1, kind: 'allocate', plan: 1, granted, swapHold: null, seenOpenAt: now },
  });
  return { sku, orderId };
};

const release = (items: Items, { sku, orderId }: Granted): Promise<void> => {
  const now = clock.now();
  return ask(items, { type: 'ReleaseUnits', data: { sku, now, orderId, allocationId: allocationIdOf(orderId), reason: 'bench', at: now } });
};

/** Each caller grants and releases in turn, so that what is open stays as it was. */
const sideOf = (items: Items, skus: readonly string[]) => {
  const inHand = new Map<number, Granted>();
  let next = 0;
  const call = async (caller: number): Promise<void> => {
    const granted = inHand.get(caller);
    if (granted) {
      inHand.delete(caller);
      return release(items, granted);
    }
    inHand.set(caller, await grant(items, skus[next++ % skus.length] ?? 'HOT'));
  };
  return { call, open: () => inHand.size };
};

const inParallel = async (times: number, atOnce: number, work: () => Promise<unknown>): Promise<void> => {
  for (let done = 0; done < times; done += atOnce) await Promise.all(Array.from({ length: Math.min(atOnce, times - done) }, work));
};

/** Loads the items anew and counts: what is open, what is allocated, and that nothing is allocated that is not open. */
const checked = async (items: Items, skus: readonly string[], expectedOpen: number, name: string): Promise<Check[]> => {
  const states = (await items.loadMany(skus.map(streamOf))).map(({ state }) => state);
  const open = states.reduce((sum, { allocations }) => sum + allocations.size, 0);
  const allocated = states.reduce((sum, { warehouses }) => sum + (warehouses.get(warehouseId)?.quantities.allocated ?? 0), 0);
  return [
    {
      name: `what was granted and not released is open, once: ${name}`,
      passed: open === expectedOpen && allocated === open,
      found: `${expectedOpen} expected, ${open} open, ${allocated} units allocated`,
    },
  ];
};
