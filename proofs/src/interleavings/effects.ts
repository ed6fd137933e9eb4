import type { InMemoryEventStore, RecordedEvent } from '@stockproof/event-store';
import type { DeliveredMessage, IntegrationMessage } from '@stockproof/integration-bus';
import { messagesOf, sourceOf } from '@stockproof/publishing';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import type { Statement } from '@stockproof/sql';
import { stockPublication } from '@stockproof/stock-service/testing';
import type { Answer, Call } from './captured-calls';
import { account } from './scenario';
import type { Twin } from './twin';
import { numbering, type Mark, type Message, type World } from './world';

/** What a call did to the world, and what it is answered. Equal keys, equal answers as far as any process can tell. */
export type Effect = { readonly world: World; readonly answer: () => Promise<Answer>; readonly key: string };

export type Effects = {
  readonly append: (w: World, call: Extract<Call, { asks: 'append' }>) => Promise<Effect>;
  readonly read: (w: World, call: Extract<Call, { asks: 'read' }>) => Effect;
  readonly waiting: (w: World, call: Extract<Call, { asks: 'waiting' }>) => Effect;
  readonly messageOf: (message: IntegrationMessage) => Message;
  /** After something else than a call has appended. */
  readonly noticed: (w: World, store: InMemoryEventStore) => Promise<World>;
};

const source = sourceOf('stock', '00000000-0000-4000-8000-000000000001', 0);

export const effectsOf = (twin: Twin): Effects => {
  const eventNumber = numbering();
  const messageNumber = numbering();

  const messageOf = (message: IntegrationMessage): Message => ({
    number: messageNumber(JSON.stringify([message.type, message.data])),
    message: frozen({ ...message, partition: 0, offset: '0' } satisfies DeliveredMessage),
  });

  const noticed = async (w: World, store: InMemoryEventStore): Promise<World> => {
    const position = (await w.store.head()).position;
    const { events } = await store.readAll(position, 1_000);
    const streams = new Map(w.streams);
    for (const event of events) {
      const { id, stream, type, data, meta } = event;
      streams.set(stream, [...(streams.get(stream) ?? []), eventNumber(JSON.stringify([id, type, data, meta.commandId]))]);
    }
    return { ...w, store, streams, unpublished: [...w.unpublished, ...events.flatMap(forTheTopic)] };
  };

  /** Only what comes back on the topic of requests concerns the search: all else the publisher says at once. */
  const forTheTopic = (event: RecordedEvent): readonly Message[] =>
    messagesOf(stockPublication, source, event)
      .filter(({ topic }) => topic === stockRequestsTopic)
      .map(messageOf);

  return {
    messageOf,
    noticed,
    append: async (w, { appends }) => {
      const writes = appends.some(({ events }) => events.length > 0);
      const store = writes ? w.store.fork() : w.store;
      const outcomes = frozen(await (twin.keeps?.(store) ?? store).append(appends));
      const key = outcomes.map((each) => JSON.stringify(each.outcome === 'appended' ? [each.revision] : each)).join();
      return { world: writes ? await noticed(w, store) : w, answer: () => Promise.resolve({ to: 'append', outcomes }), key };
    },
    read: (w, { reads }) => {
      const key = reads.map(({ stream, options }) => (w.streams.get(stream) ?? []).slice(options.from ?? 0, end(options)).join('.')).join();
      const find = () => Promise.all(reads.map(({ stream, options }) => w.store.readStream(stream, options)));
      return { world: w, answer: async () => ({ to: 'read', found: frozen(await find()) }), key };
    },
    waiting: (w, { skuKeys }) => {
      const rows = [...w.marks.values()].filter(({ skus }) => skus.some((sku) => skuKeys.includes(sku)));
      const key = rows.map(({ orderId, attempt }) => `${orderId}:${attempt}`).sort();
      return { world: w, answer: () => Promise.resolve({ to: 'waiting', rows: frozen(rows) }), key: key.join() };
    },
  };
};

const end = ({ from = 0, limit }: { readonly from?: number; readonly limit?: number }): number | undefined =>
  limit === undefined ? undefined : from + limit;

/** Processes share what they are answered: whoever changed it would change another's past. */
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

/** The rows that the consumer leaves, in the transaction that moves the checkpoint: the statements of the product, understood by hand. */
export const marksAfter = (marks: ReadonlyMap<string, Mark>, statements: readonly Statement[]): ReadonlyMap<string, Mark> => {
  const after = new Map(marks);
  for (const { text, values } of statements) {
    const [, orderId, attempt, orderDate, arrivedAt, skus] = values as [string, string, number, string, string, readonly string[]];
    if (values[0] !== account) throw new Error(`rows of another account: ${String(values[0])}`);
    if (/^\s*delete from waiting_orders /.test(text)) after.delete(`${orderId}:${attempt}`);
    else if (/^\s*insert into waiting_orders /.test(text))
      after.set(`${orderId}:${attempt}`, { orderId, attempt, orderDate, arrivedAt, skus });
    else throw new Error(`an unknown statement: ${text}`);
  }
  return after;
};
