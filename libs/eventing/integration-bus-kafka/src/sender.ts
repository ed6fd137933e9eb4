import { Partitioners, type Kafka, type Producer, type RecordMetadata, type TopicMessages } from 'kafkajs';
import { driverRetries } from './connection';

/** A topic ends before where this client has written already: it was deleted and created again, or its end was lost. */
export class TopicBeganAnew extends Error {
  constructor(topic: string, partition: number, offset: number, before: number) {
    super(`${topic}/${partition} took a message at ${offset} after one at ${before - 1}: the topic is not the one that it was`);
  }
}

/** The idempotent producer of one client. One send at a time; after a failed one the next goes out by a new producer. */
export const senderOver = (kafka: Kafka) => {
  let opened: Promise<Producer> | null = null;
  const ends = new Map<string, number>();

  const close = async (): Promise<void> => {
    const closing = opened;
    opened = null;
    await closing?.then((producer) => producer.disconnect()).catch(() => undefined);
  };
  const checkEnds = (written: readonly RecordMetadata[]): void => {
    for (const { topicName, partition, baseOffset } of written) {
      const [key, offset] = [`${topicName}/${partition}`, Number(baseOffset)];
      const before = ends.get(key) ?? 0;
      if (offset < before) throw new TopicBeganAnew(topicName, partition, offset, before);
      ends.set(key, offset + 1);
    }
  };
  return {
    /** Resolves when every in-sync copy has it all. Whether a send that failed was kept is not known. */
    send: async (topicMessages: TopicMessages[]): Promise<void> => {
      try {
        opened ??= openProducer(kafka);
        const producer = await opened;
        checkEnds(await producer.sendBatch({ acks: -1, timeout: 10_000, topicMessages }));
      } catch (error) {
        // The same producer would number the next send like this one, and the broker would take it for a repetition of this one.
        await close();
        ends.clear();
        throw error;
      }
    },
    close,
  };
};

const openProducer = async (kafka: Kafka): Promise<Producer> => {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: driverRetries,
  });
  try {
    await producer.connect();
    return producer;
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw error;
  }
};
