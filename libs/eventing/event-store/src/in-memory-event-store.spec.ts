import type { Clock } from '@stockproof/vocabulary';
import { startOfLog } from './event-store';
import { eventStoreSuite } from './event-store.suite';
import { inMemoryEventStore } from './in-memory-event-store';
import { appendOf } from './testing/events';

const clock: Clock = { now: () => new Date().toISOString() };

eventStoreSuite('The in-memory event store', async () => {
  const store = inMemoryEventStore({ clock });
  return { store, close: store.close };
});

describe('The in-memory event store', () => {
  it('takes its times from the clock, never below the one before', async () => {
    const times = ['2026-01-01T00:00:02.000Z', '2026-01-01T00:00:01.000Z', '2026-01-01T00:00:03.000Z'];
    const store = inMemoryEventStore({ clock: { now: () => String(times.shift()) } });
    for (const revision of [0, 1, 2]) await store.append([appendOf('a.one-1', revision)]);
    const { events } = await store.readAll(startOfLog, 10);
    expect(events.map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-01-01T00:00:02.000Z',
      '2026-01-01T00:00:02.000Z',
      '2026-01-01T00:00:03.000Z',
    ]);
  });

  it('writes nothing when a fault comes before the append', async () => {
    const store = inMemoryEventStore({ clock, beforeAppend: () => Promise.reject(new Error('no connection')) });
    await expect(store.append([appendOf('a.one-1', 0)])).rejects.toThrow('no connection');
    expect(await store.readStream('a.one-1')).toEqual([]);
  });

  it('has written when a fault comes after the append, as an engine whose answer was lost', async () => {
    let faults = 1;
    const afterAppend = () => {
      if (faults-- > 0) throw new Error('connection lost');
    };
    const store = inMemoryEventStore({ clock, afterAppend });
    const append = appendOf('a.one-1', 0);
    await expect(store.append([append])).rejects.toThrow('connection lost');
    expect(await store.append([append])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
    expect(await store.readStream('a.one-1')).toHaveLength(1);
  });

  it('goes two ways after a fork: neither sees what the other is told', async () => {
    const store = inMemoryEventStore({ clock });
    await store.append([appendOf('a.one-1', 0)]);
    const other = store.fork();
    await other.append([appendOf('a.one-1', 1), appendOf('a.two-1', 0)]);
    expect(await store.append([appendOf('a.one-1', 1)])).toMatchObject([{ outcome: 'appended', revision: 2 }]);
    expect((await store.readAll(startOfLog, 10)).events.map(({ stream }) => stream)).toEqual(['a.one-1', 'a.one-1']);
    expect((await other.readAll(startOfLog, 10)).events.map(({ stream }) => stream)).toEqual(['a.one-1', 'a.one-1', 'a.two-1']);
    expect(await other.logId()).toBe(await store.logId());
  });
});
