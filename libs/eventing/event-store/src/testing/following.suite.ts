import { startOfLog, type EventStore, type LogBatch, type RecordedEvent } from '../event-store';
import { eventually } from './eventually';
import { appendOf } from './events';
import { openedStore, type OpenStore } from './opened-store';

const writers = 10;
const appendsEach = 40;

/** What followers of the log can rely on. */
export const followingSuite = (open: OpenStore): void => {
  describe('following', () => {
    neverSkipping(open);
    subscribing(open);
    stopping(open);
  });
};

/** Ten writers, each with a stream of its own and all with one that they race for. */
const writeConcurrently = (store: EventStore): Promise<unknown> =>
  Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      let contested = 0;
      for (let revision = 0; revision < appendsEach; revision++) {
        const [, race] = await store.append([appendOf(`a.own-${writer}`, revision), appendOf('a.contested-1', contested)]);
        contested = race?.outcome === 'conflict' ? race.actualRevision : contested + 1;
      }
    }),
  );

const neverSkipping = (open: OpenStore): void => {
  const store = openedStore(open);

  it('never shows an event behind what a reader has passed, however many write', async () => {
    const seen: string[] = [];
    let position = startOfLog;
    const readOn = async () => {
      const { events, scannedTo } = await store().readAll(position, 50);
      seen.push(...events.map(({ id }) => id));
      position = scannedTo;
      return events.length;
    };
    let writing = true;
    const written = writeConcurrently(store()).finally(() => (writing = false));
    while (writing) {
      if ((await readOn()) === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await written;
    while ((await readOn()) > 0);
    const { events } = await store().readAll(startOfLog, 10_000);
    expect(events.length).toBeGreaterThan(writers * appendsEach);
    expect(seen).toEqual(events.map(({ id }) => id));
    const revisions = new Map<string, number>();
    for (const { stream, revision } of events) {
      expect(revision).toBe((revisions.get(stream) ?? 0) + 1);
      revisions.set(stream, revision);
    }
  });

  it('delivers every event to a subscription, however many write', async () => {
    const seen: RecordedEvent[] = [];
    const subscription = store().subscribe(startOfLog, async ({ events }) => void seen.push(...events), { batchSize: 30 });
    await writeConcurrently(store());
    const { events } = await store().readAll(startOfLog, 10_000);
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(events.length));
    await subscription.stop();
    expect(seen.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });
};

const subscribing = (open: OpenStore): void => {
  const store = openedStore(open);
  const revisionsOf = (batches: readonly LogBatch[]) => batches.flatMap(({ events }) => events.map(({ revision }) => revision));

  it('catches up after a position, then goes on live, in batches up to the size asked', async () => {
    await store().append([appendOf('a.one-1', 0, 10)]);
    const from = (await store().readAll(startOfLog, 3)).scannedTo;
    const batches: LogBatch[] = [];
    const subscription = store().subscribe(from, async (batch) => void batches.push(batch), { batchSize: 4 });
    await eventually(() => expect(revisionsOf(batches)).toEqual([4, 5, 6, 7, 8, 9, 10]));
    await store().append([appendOf('a.one-1', 10, 2)]);
    await eventually(() => expect(revisionsOf(batches).slice(7)).toEqual([11, 12]));
    await store().append([appendOf('a.one-1', 12, 1)]);
    await eventually(() => expect(revisionsOf(batches).slice(9)).toEqual([13]));
    await subscription.stop();
    await subscription.ended;
    expect(Math.max(...batches.map(({ events }) => events.length))).toBeLessThanOrEqual(4);
    for (const { events, scannedTo } of batches) expect(scannedTo >= String(events.at(-1)?.position)).toBe(true);
  });

  it('hands over one batch at a time', async () => {
    let inHand = 0;
    let most = 0;
    let seen = 0;
    const subscription = store().subscribe(
      startOfLog,
      async ({ events }) => {
        most = Math.max(most, ++inHand);
        await store().head();
        inHand -= 1;
        seen += events.length;
      },
      { batchSize: 2 },
    );
    await Promise.all(Array.from({ length: 20 }, (_, index) => store().append([appendOf(`a.one-${index}`, 0)])));
    await eventually(() => expect(seen).toBe(20));
    await subscription.stop();
    expect(most).toBe(1);
  });

  it('ends with the error of a handler that fails, and delivers nothing more', async () => {
    let calls = 0;
    const subscription = store().subscribe(startOfLog, async () => {
      calls += 1;
      throw new Error('the view is broken');
    });
    await Promise.all([expect(subscription.ended).rejects.toThrow('the view is broken'), store().append([appendOf('a.one-1', 0)])]);
    await store().append([appendOf('a.one-1', 1)]);
    await subscription.stop();
    expect(calls).toBe(1);
  });
};

const stopping = (open: OpenStore): void => {
  const store = openedStore(open);

  it('stops only after the batch in hand, and delivers nothing after it', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const happened: string[] = [];
    const subscription = store().subscribe(
      startOfLog,
      async () => {
        happened.push('begun');
        await released;
        happened.push('done');
      },
      { batchSize: 1 },
    );
    await store().append([appendOf('a.one-1', 0, 3)]);
    await eventually(() => expect(happened).toEqual(['begun']));
    const stopped = subscription.stop().then(() => happened.push('stopped'));
    await store().head();
    release();
    await stopped;
    await subscription.ended;
    expect(happened).toEqual(['begun', 'done', 'stopped']);
  });

  it('closing the store ends its subscriptions, and nothing is taken afterwards', async () => {
    const subscription = store().subscribe(startOfLog, async () => {});
    await store().append([appendOf('a.one-1', 0)]);
    await store().close();
    await subscription.ended;
    await expect(store().append([appendOf('a.one-1', 1)])).rejects.toThrow();
  });
};
