import { heard, idsIn, record, story, type SuiteBus } from './suite-bus';
import { partitionsPerTopic } from './integration-bus';
import { maxMessageBytes, MessageTooLarge } from './message-size';
import { partitionOf } from './partition';
import { someMessage } from './some-message';

export const suiteOfPublishing = ({ bus, freshTopic, freshGroup }: SuiteBus): void => {
  describe('publishing', () => {
    it('delivers a message as it was published', async () => {
      const topic = await freshTopic();
      const message = someMessage(topic, 'order-1', 1, {
        accountId: null,
        traceparent: '00-a-b-01',
        data: { text: 'Zürich – 東京 🚚 "quoted" \\ \n', nested: { list: [1.5, null, true] } },
      });
      const recorder = await record(bus(), { group: freshGroup(), topics: [topic] });
      await bus().publish([message]);
      await heard(recorder, [message]);
      expect(recorder.batches[0]?.messages[0]).toEqual({
        ...message,
        partition: partitionOf(message.partitionKey, partitionsPerTopic),
        offset: expect.any(String),
      });
      await recorder.subscription.stop();
    });

    it('keeps what was published before the first subscriber of a group came', async () => {
      const topic = await freshTopic();
      const messages = story(topic, 'order-1', 5);
      await bus().publish(messages);
      const recorder = await record(bus(), { group: freshGroup(), topics: [topic] });
      await heard(recorder, messages);
      await recorder.subscription.stop();
    });

    it('takes large messages, and refuses one that is too large together with its whole call', async () => {
      const topic = await freshTopic();
      const large = someMessage(topic, 'order-1', 1, { data: { text: 'ü'.repeat(maxMessageBytes / 2 - 1_000) } });
      const tooLarge = someMessage(topic, 'order-1', 3, { data: { text: 'ü'.repeat(maxMessageBytes / 2) } });
      await expect(bus().publish([someMessage(topic, 'order-1', 2), tooLarge])).rejects.toBeInstanceOf(MessageTooLarge);
      await bus().publish([large]);
      const recorder = await record(bus(), { group: freshGroup(), topics: [topic] });
      await heard(recorder, [large]);
      expect(recorder.batches[0]?.messages[0]?.data).toEqual(large.data);
      await recorder.subscription.stop();
    });

    it('puts equal partition keys into one partition, whatever their ordering keys, and spreads others', async () => {
      const topic = await freshTopic();
      const accounts = Array.from({ length: 40 }, (_, index) => `account-${index}`);
      const messages = accounts.flatMap((account) =>
        [1, 2].map((n) => someMessage(topic, `${account}/order-${n}`, n, { partitionKey: account })),
      );
      await bus().publish(messages);
      const recorder = await record(bus(), { group: freshGroup(), topics: [topic] });
      await heard(recorder, messages);
      const partitions = new Map<string, Set<number>>();
      for (const { partitionKey, partition } of recorder.batches.flatMap((batch) => batch.messages))
        partitions.set(partitionKey, (partitions.get(partitionKey) ?? new Set()).add(partition));
      expect([...partitions.values()].every((set) => set.size === 1)).toBe(true);
      expect(new Set([...partitions.values()].flatMap((set) => [...set])).size).toBeGreaterThan(4);
      await recorder.subscription.stop();
    });

    it('keeps the order of concurrent publishes of one key as they were called', async () => {
      const topic = await freshTopic();
      const messages = story(topic, 'order-1', 60);
      await Promise.all(messages.map((message) => bus().publish([message])));
      const recorder = await record(bus(), { group: freshGroup(), topics: [topic] });
      await heard(recorder, messages);
      expect(recorder.ids()).toEqual(idsIn(messages));
      await recorder.subscription.stop();
    });

    it('creates a topic once: its partitions and messages stay when it is asked for again', async () => {
      const topic = await freshTopic(3);
      const messages = story(topic, 'order-1', 3);
      await bus().publish(messages);
      await bus().ensureTopics([topic, topic], 3);
      const group = freshGroup();
      expect(await bus().lag(group, [topic])).toHaveLength(3);
      const recorder = await record(bus(), { group, topics: [topic] });
      await heard(recorder, messages);
      await recorder.subscription.stop();
    });

    it('refuses a topic that lives with another number of partitions, and leaves it as it is', async () => {
      const topic = await freshTopic(3);
      await expect(bus().ensureTopics([topic], partitionsPerTopic)).rejects.toThrow(
        new RegExp(`${topic} has 3 partitions and must have ${partitionsPerTopic}`),
      );
      expect(await bus().lag(freshGroup(), [topic])).toHaveLength(3);
    });

    it('refuses to publish to a topic that nobody created', async () => {
      await expect(bus().publish([someMessage('stockproof.testing.never-created.v1', 'order-1', 1)])).rejects.toThrow('never-created');
    });

    it('finds the last message of a source in each partition', async () => {
      const topic = await freshTopic(4);
      const from = (source: string, aggregate: string, n: number) => someMessage(topic, aggregate, n, { source });
      const keys = Array.from({ length: 8 }, (_, index) => `order-${index}`);
      await bus().publish(
        keys.flatMap((key) => [
          from('stockproof/sales/log-1', key, 1),
          from('stockproof/sales/log-1', key, 2),
          from('stockproof/stock/log-9', key, 1),
        ]),
      );
      const last = new Map(keys.map((key) => [partitionOf(`account-1/${key}`, 4), `${topic}:${key}:2`]));
      const found = await bus().lastOfSource(topic, 'stockproof/sales/');
      expect(new Map(found.map((message) => [message.partition, message.id]))).toEqual(last);
      expect(await bus().lastOfSource(topic, 'stockproof/catalog/')).toEqual([]);
      expect(await bus().holdsEverything(topic)).toBe(true);
    });
  });
};
