import {
  bell,
  checkStreamsDistinct,
  encodeAppend,
  followLog,
  type AppendOutcome,
  type EncodedAppend,
  type EventStore,
  type LogSubscription,
} from '@stockproof/event-store';
import { appendQueue, portions } from './append-queue';
import { appendStatement } from './append-statement';
import { lastingConnection, poolOf, type PostgresEventStoreOptions } from './connections';
import { reading } from './reading';
import { signals, type Signals } from './signals';

/** While the server works on one batch, the next is made ready and sent behind it on the same connection. */
const batchesUnderWay = 2;
const readConnections = 4;

/**
 * A service's event store in its own Postgres schema (server 15 or later), where `eventStoreMigrations` ran. Connections are made when
 * first needed and made anew when lost.
 */
export const postgresEventStore = (options: PostgresEventStoreOptions): EventStore => {
  const writer = lastingConnection(options);
  const readers = poolOf(options, readConnections);
  const { ring, onRing } = bell();
  const read = reading(readers, options);
  const subscriptions = new Set<LogSubscription>();
  let others: Signals | null = null;
  let polling: NodeJS.Timeout | undefined;
  let closed: Promise<void> | null = null;

  const open = () => {
    if (closed) throw new Error('The event store is closed.');
    others ??= signals(options, ring);
  };
  const send = appendStatement(writer, options);
  const queue = appendQueue(async (appends) => {
    const outcomes = await send(appends);
    if (outcomes.some((each, index) => each.outcome === 'appended' && appends[index]?.events.length !== 0)) {
      ring();
      others?.tell();
    }
    return outcomes;
  }, batchesUnderWay);

  const close = async () => {
    clearInterval(polling);
    await Promise.all([...subscriptions].map((each) => each.stop()));
    await queue.drained();
    await Promise.all([writer.end(), readers.end(), others?.close()]);
  };

  return {
    ...read,
    append: async (appends) => {
      open();
      checkStreamsDistinct(appends);
      const encodings = appends.map(encodeAppend);
      const storable = encodings.flatMap((each) => (each.storable ? [each.append] : []));
      const outcomes = await inPortions(storable, queue.enter);
      let next = 0;
      return encodings.map((each) => (each.storable ? (outcomes[next++] as AppendOutcome) : { outcome: 'refused', reason: each.reason }));
    },
    subscribe: (after, onBatch, batches) => {
      open();
      polling ??= setInterval(ring, options.pollMs ?? 750).unref();
      const readFailed = (error: unknown) => options.log?.warn({ error: String(error) }, 'the log could not be read; trying again');
      const subscription = followLog({ readAll: read.readAll, onChange: onRing, readFailed }, after, onBatch, batches);
      subscriptions.add(subscription);
      // Whoever subscribed hears of the end, and knows whether an error in it is normal life.
      void subscription.ended.catch(() => undefined).then(() => subscriptions.delete(subscription));
      return subscription;
    },
    close: () => (closed ??= close()),
  };
};

/** One portion after the other, so that a call's events stand in the log in the order given. */
const inPortions = async (
  appends: readonly EncodedAppend[],
  enter: (appends: readonly EncodedAppend[]) => Promise<readonly AppendOutcome[]>,
): Promise<readonly AppendOutcome[]> => {
  const outcomes: AppendOutcome[] = [];
  for (const portion of portions(appends)) outcomes.push(...(await enter(portion)));
  return outcomes;
};
