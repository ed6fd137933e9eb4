import { randomUUID } from 'node:crypto';
import { ConfigResourceTypes, Partitioners, type Admin } from 'kafkajs';
import { eventually, integrationBusSuite, someMessage } from '@stockproof/integration-bus/testing';
import { connectTo } from './connection';
import { isTransientKafka, whyUnreachable } from './failure';
import { kafkaBus, type KafkaBus } from './kafka-bus';
import { removeMemberWith } from './testing/remove-member';
import { sharedBroker } from './testing/test-broker';

const connection = { brokers: sharedBroker().split(','), clientId: 'stockproof-tests' };

integrationBusSuite('Kafka', async () => ({
  connect: async () => kafkaBus(connection),
  takeAway: (group, topic, partition) => removeMemberWith(connectTo(connection, undefined), group, topic, partition),
  end: async () => undefined,
}));

describe('the Kafka bus', () => {
  let bus: KafkaBus;
  beforeEach(() => {
    bus = kafkaBus(connection);
  });
  afterEach(() => bus.close());
  const freshTopic = async () => {
    const topic = `stockproof.testing.topic-${randomUUID()}.v1`;
    await bus.ensureTopics([topic], 1);
    return topic;
  };
  const story = (topic: string, order: string, n: number) => Array.from({ length: n }, (_, index) => someMessage(topic, order, index + 1));
  const admin = async <T>(work: (client: Admin) => Promise<T>): Promise<T> => {
    const client = connectTo(connection, undefined).admin();
    await client.connect();
    return work(client).finally(() => client.disconnect());
  };

  it('creates topics that keep everything, with the time of the broker', async () => {
    const topic = await freshTopic();
    const { resources } = await admin((client) =>
      client.describeConfigs({ includeSynonyms: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }] }),
    );
    const settings = Object.fromEntries(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]) ?? []);
    expect(settings).toMatchObject({ 'retention.ms': '-1', 'cleanup.policy': 'delete', 'message.timestamp.type': 'LogAppendTime' });
  });

  it('passes over a record that is not one of ours, and says so', async () => {
    const topic = await freshTopic();
    const [errors, heard]: [string[], string[]] = [[], []];
    const group = `testing.${randomUUID()}`;
    const producer = connectTo(connection, undefined).producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    const writeForeign = () => producer.send({ topic, messages: [{ key: 'k', value: 'hello' }] });
    const lag = async () => (await bus.lag(group, [topic])).map(({ behind, oldestUnread }) => ({ behind, oldestUnread }));
    await writeForeign();
    await writeForeign();
    await eventually(async () => expect(await lag()).toEqual([{ behind: 0, oldestUnread: null }]));
    await bus.publish(story(topic, 'order-1', 1));
    expect(await lag()).toEqual([{ behind: 3, oldestUnread: expect.any(String) }]);
    await bus.subscribe({
      group,
      topics: [topic],
      onBatch: async ({ messages }) => void heard.push(...messages.map(({ id }) => id)),
      onError: (error) => errors.push(String(error)),
    });
    await eventually(() => expect([...new Set(heard)]).toEqual([`${topic}:order-1:1`]));
    await writeForeign();
    await producer.disconnect();
    // Nothing of ours is left, and what is left is nobody's.
    await eventually(async () => expect(await lag()).toEqual([{ behind: 0, oldestUnread: null }]));
    // Beside it the bus tells what passes, as a group that is just made.
    expect(errors).toContainEqual(expect.stringContaining('is not one of Stockproof: no header ce_id'));
  });

  it('hears a topic from its beginning that was deleted, created and filled again while a batch was in hand', async () => {
    const topic = await freshTopic();
    const heard: string[] = [];
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await bus.publish(story(topic, 'order-1', 5));
    await bus.subscribe({
      group: `testing.${randomUUID()}`,
      topics: [topic],
      onBatch: async ({ messages }) => {
        heard.push(...messages.map(({ subject, sequence }) => `${subject}:${sequence}`));
        await held;
      },
    });
    await eventually(() => expect(heard).toHaveLength(5));
    await admin((client) => client.deleteTopics({ topics: [topic] }));
    await bus.ensureTopics([topic], 1);
    await eventually(() => bus.publish(story(topic, 'order-2', 8)));
    letGo();
    await eventually(() => expect([...new Set(heard.slice(5))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `order-2:${n}`)));
  });

  it('says what it met when no broker answers', async () => {
    const nobody = kafkaBus({ brokers: ['127.0.0.1:1'], clientId: 'stockproof-tests' });
    const met: unknown = await nobody.probe().catch((error: unknown) => error);
    await nobody.close();
    expect([isTransientKafka(met), whyUnreachable(met)]).toEqual([true, expect.stringMatching(/^cannot be reached: .*127\.0\.0\.1:1/)]);
  });
});
