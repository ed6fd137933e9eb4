import { inMemoryEventStore, type EventStore, type NewEvent } from '@stockproof/event-store';
import { inMemoryBus, type IntegrationBus } from '@stockproof/integration-bus';
import { someMessage } from '@stockproof/integration-bus/testing';
import { faults, type FaultName } from './faults';

const broken = (fault: FaultName, store: EventStore): EventStore => faults[fault].store?.(store) ?? store;

const clock = { now: () => '2026-01-01T00:00:00.000Z' };
const topic = 'stockproof.testing.requests.v1';
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

  it('"acknowledgement" moves on while the work is in hand', async () => {
    const standsAfterWorkBegan = async (breakIt: (bus: IntegrationBus) => IntegrationBus): Promise<number> => {
      const bus = breakIt(inMemoryBus({ clock }));
      await bus.ensureTopics([topic]);
      const begun = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      const onBatch = (): Promise<void> => {
        begun.resolve();
        return finish.promise;
      };
      const subscription = await bus.subscribe({ group: 'stock.requests', topics: [topic], onBatch });
      await bus.publish([someMessage(topic, 'order-1', 1)]);
      await begun.promise;
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
      const behind = (await bus.lag('stock.requests', [topic])).reduce((sum, each) => sum + each.behind, 0);
      finish.resolve();
      await subscription.stop();
      await bus.close();
      return behind;
    };
    expect(await standsAfterWorkBegan((bus) => bus)).toBe(1);
    expect(await standsAfterWorkBegan(faults.acknowledgement.bus ?? ((bus) => bus))).toBe(0);
  });
});
