import { NO_STREAM, jsonEvent, StreamNotFoundError, WrongExpectedVersionError } from '@eventstore/db-client';
import {
  checkStreamsDistinct,
  encodeAppend,
  followLog,
  type AppendOutcome,
  type EventStore,
  type LogSubscription,
} from '@stockproof/event-store';
import { collected, untilAnswered } from './answers';
import { appending } from './appending';
import { eventStoreDbLog, type EventStoreDbLog, type EventStoreDbOptions } from './eventstoredb-log';
import { liveLog } from './live-log';
import { endOfAll, reading } from './reading';

const defaultAnswerMs = 10_000;

/**
 * A service's event store in an EventStoreDB server (22.6 or later). Its log are the events of `$all` whose streams begin with the
 * service's prefix. Connections are made when first needed.
 */
export const eventStoreDbEventStore = (options: EventStoreDbOptions): EventStore => {
  const { answerWithinMs = defaultAnswerMs } = options;
  const log = eventStoreDbLog(options);
  const read = reading(log, answerWithinMs);
  const appendOne = appending(log, read.readStream, answerWithinMs);
  const subscriptions = new Set<LogSubscription>();
  const underWay = new Set<Promise<unknown>>();
  let id: Promise<string> | null = null;
  let closed: Promise<void> | null = null;

  const open = () => {
    if (closed) throw new Error('The event store is closed.');
  };
  const close = async () => {
    await Promise.all([...subscriptions].map((each) => each.stop()));
    await Promise.allSettled(underWay);
    await log.client.dispose();
  };

  return {
    ...read,
    logId: () => (id ??= identityOf(log, answerWithinMs).catch((error: unknown) => ((id = null), Promise.reject(error)))),
    append: async (appends) => {
      open();
      checkStreamsDistinct(appends);
      const all = Promise.allSettled(
        appends.map(async (append): Promise<AppendOutcome> => {
          const encoding = encodeAppend(append);
          return encoding.storable ? appendOne(append) : { outcome: 'refused', reason: encoding.reason };
        }),
      );
      underWay.add(all);
      const settled = await all.finally(() => underWay.delete(all));
      return settled.map((each) => {
        if (each.status === 'rejected') throw each.reason;
        return each.value;
      });
    },
    subscribe: (after, onBatch, batches) => {
      open();
      const live = liveLog(log, after, () => endOfAll(log, answerWithinMs));
      const readFailed = (error: unknown) => log.warn({ error: String(error) }, 'the log could not be read; trying again');
      const followed = followLog(
        { readAll: async (...page) => live.take(...page), onChange: live.onChange, readFailed },
        after,
        onBatch,
        batches,
      );
      const ended = followed.ended.finally(() => live.stop());
      const subscription: LogSubscription = { ended, stop: () => followed.stop().then(() => live.stop()) };
      subscriptions.add(subscription);
      // Whoever subscribed hears of the end, and knows whether an error in it is normal life.
      void ended.catch(() => undefined).then(() => subscriptions.delete(subscription));
      return subscription;
    },
    close: () => (closed ??= close()),
  };
};

/** The log's id stands in a stream of its own beside it; whoever comes first writes it. */
const identityOf = async ({ client, identityStream }: EventStoreDbLog, answerWithinMs: number): Promise<string> => {
  const stored = async (): Promise<string | null> => {
    const read = () => client.readStream<IdentityEvent>(identityStream, { maxCount: 1, requiresLeader: true });
    try {
      const [first] = await untilAnswered(() => collected(read(), answerWithinMs, 'the id of the log'), answerWithinMs);
      return first?.event?.data.logId ?? null;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return null;
      throw error;
    }
  };
  const known = await stored();
  if (known !== null) return known;
  try {
    const event = jsonEvent<IdentityEvent>({ type: 'LogBegun', data: { logId: crypto.randomUUID() } });
    await client.appendToStream(identityStream, event, { expectedRevision: NO_STREAM });
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw error;
  }
  return (await stored()) ?? Promise.reject(new Error('The log has no id, although it was just written.'));
};

type IdentityEvent = { readonly type: 'LogBegun'; readonly data: { readonly logId: string } };
