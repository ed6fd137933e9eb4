import { inMemoryBus } from './in-memory-bus';
import { integrationBusSuite } from './integration-bus-suite';
import { someMessage } from './some-message';

const clock = { now: () => new Date().toISOString() };
const topic = 'stockproof.testing.orders.v1';

integrationBusSuite('in memory', async () => {
  const bus = inMemoryBus({ clock });
  return {
    connect: async () => bus,
    takeAway: async (group, of, partition) => bus.takeAway(group, of, partition),
    end: () => bus.close(),
  };
});

describe('the hooks of the in-memory bus', () => {
  const manual = async () => {
    const bus = inMemoryBus({ clock, manual: true });
    await bus.ensureTopics([topic], 1);
    const heard: number[] = [];
    await bus.subscribe({
      group: 'g',
      topics: [topic],
      batchSize: 1,
      onBatch: async ({ messages }) => void heard.push(...messages.map((message) => message.sequence)),
    });
    await bus.publish([1, 2, 3].map((n) => someMessage(topic, 'order-1', n)));
    return { bus, heard };
  };

  it('delivers step by step', async () => {
    const { bus, heard } = await manual();
    expect(heard).toEqual([]);
    expect((await bus.deliver())?.messages[0]?.sequence).toBe(1);
    expect(heard).toEqual([1]);
    await bus.settle();
    expect(heard).toEqual([1, 2, 3]);
    expect(await bus.deliver()).toBeNull();
  });

  it('delivers twice what is asked for', async () => {
    const { bus, heard } = await manual();
    await bus.settle();
    bus.redeliver('g', topic, 0, 2);
    await bus.settle();
    expect(heard).toEqual([1, 2, 3, 2, 3]);
  });

  it('holds messages back until it is told to let them go', async () => {
    const { bus, heard } = await manual();
    const letGo = bus.holdBack('g', topic);
    expect(await bus.deliver('g')).toBeNull();
    letGo();
    await bus.settle();
    expect(heard).toEqual([1, 2, 3]);
  });
});
