import { startStandIn, type EventStoreDbStandIn } from '@stockproof/eventstoredb-stand-in';
import { startOfLog, type EventStore } from '@stockproof/event-store';
import { anEvent, appendOf, eventually } from '@stockproof/event-store/testing';
import { AnswerTooLate, isEventStoreDbTransient } from './answers';
import { eventStoreDbEventStore } from './eventstoredb-event-store';

let standIn: EventStoreDbStandIn;
const opened: EventStore[] = [];

beforeEach(async () => {
  standIn = await startStandIn();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  standIn.close();
});

const storeOf = (streamPrefix: string, more: { readonly answerWithinMs?: number } = {}): EventStore => {
  const store = eventStoreDbEventStore({ url: standIn.url, streamPrefix, ...more });
  opened.push(store);
  return store;
};
const followed = (store: EventStore, after = startOfLog) => {
  const seen: string[] = [];
  store.subscribe(after, async ({ events }) => void seen.push(...events.map(({ stream, revision }) => `${stream}@${revision}`)));
  return seen;
};

describe('What EventStoreDB does that its clients must live with (played by the stand-in)', () => {
  it('takes appends by its batched path', async () => {
    const store = storeOf('stock.');
    await store.append([appendOf('stock.item-1', 0, 3), appendOf('stock.item-2', 0)]);
    expect(standIn.batchAppends()).toBe(2);
  });

  it('shows a service only its own events, whoever else writes into the server', async () => {
    const [stock, sales] = [storeOf('stock.'), storeOf('sales.')];
    const seen = followed(stock);
    await sales.append([appendOf('sales.order-1', 0, 60)]);
    await stock.append([appendOf('stock.item-1', 0, 1)]);
    await sales.append([appendOf('sales.order-1', 60, 1_200)]);
    await eventually(() => expect(seen).toEqual(['stock.item-1@1']));
    const { events, scannedTo } = await stock.readAll(startOfLog, 10);
    expect(events.map(({ stream }) => stream)).toEqual(['stock.item-1']);
    expect(await stock.readAll(scannedTo, 10)).toEqual({ events: [], scannedTo });
    expect(await stock.head()).toEqual({ position: scannedTo, eventId: events[0]?.id });
    const [foreign] = (await sales.readAll(startOfLog, 1)).events;
    expect(await stock.eventAt(String(foreign?.position))).toBeNull();
    expect(await stock.logId()).not.toBe(await sales.logId());
  });

  it('drops a subscription: it is opened again, and nothing is missed or comes twice', async () => {
    const store = storeOf('stock.');
    const seen = followed(store);
    for (let revision = 0; revision < 6; revision++) {
      await store.append([appendOf('stock.item-1', revision)]);
      await eventually(() => expect(seen).toHaveLength(revision + 1));
      standIn.dropSubscriptions();
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((revision) => `stock.item-1@${revision}`));
  });

  it('says a checkpoint beyond its end: after a break nothing appended since is skipped', async () => {
    const [stock, sales] = [storeOf('stock.'), storeOf('sales.')];
    await sales.append([appendOf('sales.order-1', 0, 5)]);
    standIn.oddities.checkpointBeyondEnd = true;
    const seen = followed(stock);
    await stock.append([appendOf('stock.warm-1', 0)]);
    await eventually(() => expect(seen).toHaveLength(1));
    standIn.dropSubscriptions();
    await stock.append([appendOf('stock.item-1', 0)]);
    await eventually(() => expect(seen).toEqual(['stock.warm-1@1', 'stock.item-1@1']));
  });

  it('says checkpoints seldom: a quiet log is still known to its last event', async () => {
    const [stock, sales] = [storeOf('stock.'), storeOf('sales.')];
    await stock.append([appendOf('stock.item-1', 0, 2)]);
    const seen = followed(stock);
    await sales.append([appendOf('sales.order-1', 0, 2_500)]);
    standIn.dropSubscriptions();
    await stock.append([appendOf('stock.item-1', 2)]);
    await eventually(() => expect(seen).toEqual([1, 2, 3].map((revision) => `stock.item-1@${revision}`)));
    expect((await stock.head()).position).toBe((await stock.readStream('stock.item-1'))[2]?.position);
  });

  it('answers late: the outcome is unknown and passing, and the same append again finds what was written', async () => {
    const store = storeOf('stock.', { answerWithinMs: 150 });
    await store.append([appendOf('stock.item-1', 0)]);
    standIn.oddities.appendAnswersLateMs = 600;
    const append = appendOf('stock.item-1', 1, [anEvent()]);
    const failed: unknown = await store.append([append]).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AnswerTooLate);
    expect(isEventStoreDbTransient(failed)).toBe(true);
    standIn.oddities.appendAnswersLateMs = 0;
    expect(await store.append([append])).toEqual([{ outcome: 'appended', revision: 2, position: expect.any(String) }]);
    expect(await store.readStream('stock.item-1')).toHaveLength(2);
  });

  it('goes away and comes back empty-handed: what was asked meanwhile fails as passing', async () => {
    const store = storeOf('stock.', { answerWithinMs: 300 });
    await store.append([appendOf('stock.item-1', 0)]);
    standIn.close();
    const failed: unknown = await store.readStream('stock.item-1').catch((error: unknown) => error);
    expect(isEventStoreDbTransient(failed)).toBe(true);
    const append: unknown = await store.append([appendOf('stock.item-1', 1)]).catch((error: unknown) => error);
    expect(isEventStoreDbTransient(append)).toBe(true);
    standIn = await startStandIn(standIn.port);
    await eventually(async () => expect(await store.readStream('stock.item-1')).toEqual([]));
    expect(await store.append([appendOf('stock.item-1', 0)])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
  });
});
