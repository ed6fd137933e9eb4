import { inMemoryEventStore, type EventStore, type NewEvent } from '@stockproof/event-store';
import { faults, type FaultName } from './faults';

const broken = (fault: FaultName, store: EventStore): EventStore => faults[fault].store?.(store) ?? store;

const clock = { now: () => '2026-01-01T00:00:00.000Z' };
const stream = 'stock.item-a-tea';
const meta = {
  commandId: 'c',
  correlationId: 'c',
  causationId: 'c',
  actor: 'service:stock',
  organizationId: 'o',
  accountId: 'a',
  effectiveAt: null,
  schemaVersion: 1,
};
const event = (id: string): NewEvent => ({ id: `0190a000-0000-7000-8000-00000000000${id}`, type: 'Noted', data: {}, meta });
const append = (expectedRevision: number, ...events: readonly NewEvent[]) => [{ stream, expectedRevision, events }];

describe('a store with a fault', () => {
  it('"store" writes what lost its race', async () => {
    const store = inMemoryEventStore({ clock });
    await store.append(append(0, event('1')));
    expect(await store.append(append(0, event('2')))).toMatchObject([{ outcome: 'conflict' }]);
    expect(await broken('store', store).append(append(0, event('2')))).toMatchObject([{ outcome: 'appended', revision: 2 }]);
  });

  it('"refusal" confirms whatever it is asked, and appends as it should', async () => {
    const store = inMemoryEventStore({ clock });
    const refusing = broken('refusal', store);
    await refusing.append(append(0, event('1')));
    expect(await store.append(append(0))).toMatchObject([{ outcome: 'conflict' }]);
    expect(await refusing.append(append(0))).toMatchObject([{ outcome: 'appended', revision: 0 }]);
    expect(await refusing.append(append(0, event('2')))).toMatchObject([{ outcome: 'conflict' }]);
  });
});
