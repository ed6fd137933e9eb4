import { PoisonMessage, type BatchHandler } from '@stockproof/bus-transport';
import { askBroker, ownBroker, sharedBroker } from '@stockproof/integration-bus-kafka/testing';
import { eventually } from '@stockproof/integration-bus/testing';
import { sql } from '@stockproof/sql';
import { kafkaWorld, writingDown, type KafkaWorld } from './testing/kafka-world';
import { startProgram, untilTrue } from './testing/product-process';

const orders = Array.from({ length: 40 }, (_, index) => `order-${index}`);

/** Everything once, each order's in its order. */
const expectExactly = async (world: KafkaWorld, group: string, within = 60_000): Promise<void> => {
  await eventually(async () => expect(new Set(await world.effects(group)).size).toBe(world.appended().length), within);
  const effects = await world.effects(group);
  expect([...effects].sort()).toEqual([...world.appended()].sort());
  for (const order of orders) {
    const own = effects.flatMap((effect) => (effect.startsWith(`${order}:`) ? [Number(effect.split(':')[1])] : []));
    expect(own).toEqual([...own].sort((one, other) => one - other));
  }
};

describe('consumers and publisher on Kafka', () => {
  let world: KafkaWorld;
  afterEach(() => world.end());

  it('lose nothing and apply nothing twice when the broker is killed (-9) under load and started again', async () => {
    const broker = await ownBroker();
    try {
      world = await kafkaWorld(broker.address);
      const publisher = world.started();
      await world.consumer('stock.orders', writingDown('stock.orders'));
      await world.append(orders, 10);
      await eventually(async () => expect((await world.effects('stock.orders')).length).toBeGreaterThan(100));
      await broker.kill();
      await world.append(orders, 10);
      await eventually(() => expect(publisher.status().lastError).not.toBeNull());
      await expect(world.bus.probe()).rejects.toThrow();
      await broker.startAgain();
      await world.append(orders, 10);
      await expectExactly(world, 'stock.orders', 90_000);
      // It is heard of before its publisher has noted that it was told.
      await eventually(() => expect(publisher.status().lastError).toBeNull());
    } finally {
      await broker.remove();
    }
  }, 180_000);

  it('are told everything again when their topic is deleted, and skip what they have seen', async () => {
    world = await kafkaWorld(sharedBroker());
    const first = world.started();
    await world.consumer('stock.orders', writingDown('stock.orders'));
    await world.append(orders, 3);
    await expectExactly(world, 'stock.orders');
    await askBroker(sharedBroker().split(','), (admin) => admin.deleteTopics({ topics: [world.topic] }));
    await world.append(orders, 2);
    await expectExactly(world, 'stock.orders');
    await first.idle();
    await eventually(async () => {
      const kept = await world.bus.lag('nobody.ever', [world.topic]);
      expect(kept.reduce((sum, { behind }) => sum + behind, 0)).toBeGreaterThanOrEqual(world.appended().length);
    });
  }, 120_000);

  it('go on when a member of their group is killed (-9), and when one leaves', async () => {
    world = await kafkaWorld(sharedBroker());
    world.started();
    const group = 'stock.shared';
    const words = [sharedBroker(), world.databaseUrl, world.topic, group];
    const killed = startProgram('kafka-member', {}, words);
    const leaving = await world.consumer(group, writingDown(group));
    await untilTrue(
      () => /listens/.test(killed.output()),
      30_000,
      () => `the member does not listen: ${killed.output()}`,
    );
    await world.append(orders, 5);
    await untilTrue(
      async () => {
        // No more than is handled: how much there is in the end must not hang on how long this takes.
        if ((await world.effects(group)).length === world.appended().length) await world.append(orders.slice(0, 20), 1);
        return /handles/.test(killed.output());
      },
      30_000,
      () => `the member handles nothing: ${killed.output()}`,
    );
    killed.child.kill('SIGKILL');
    await killed.ended;
    await world.append(orders, 5);
    await expectExactly(world, group);
    await world.consumer(group, writingDown(group));
    await world.append(orders, 2);
    await leaving.close();
    await world.append(orders, 2);
    await expectExactly(world, group);
  }, 180_000);

  it('park the key of a message that cannot be handled, and no other', async () => {
    world = await kafkaWorld(sharedBroker());
    world.started();
    const group = 'stock.parking';
    const handler: BatchHandler = async (batch) => {
      const poison = batch.messages.find(({ subject, sequence }) => subject === 'order-7' && sequence === 2);
      if (poison) throw new PoisonMessage(poison, 'says the impossible');
      return writingDown(group)(batch);
    };
    await world.consumer(group, handler);
    await world.append(orders, 4);
    const flowing = world.appended().filter((each) => !/^order-7:[234]$/.test(each));
    await eventually(async () => expect([...(await world.effects(group))].sort()).toEqual([...flowing].sort()));
    const parked = await world.databases.worker.query(
      sql('select ordering_key, message ->> $1 as sequence from parked_events where consumer_group = $2 order by place', 'sequence', group),
    );
    expect(parked).toEqual(['2', '3', '4'].map((sequence) => ({ ordering_key: 'account-1/order-7', sequence })));
  }, 60_000);
});
