import type { Instant } from '@stockproof/vocabulary';
import { PartitionsDiffer, type DeliveredMessage, type IntegrationMessage } from './integration-bus';
import { partitionOf } from './partition';

type Kept = DeliveredMessage & { readonly publishedAt: Instant };

/** The logs of an in-memory bus: per topic and partition, a list that only grows. */
export type InMemoryTopics = {
  readonly ensure: (topic: string, partitions: number) => void;
  readonly append: (message: IntegrationMessage, at: Instant) => void;
  readonly partitionsOf: (topic: string) => readonly (readonly Kept[])[];
  readonly has: (topic: string) => boolean;
};

/** What a subscriber sees: the message as published, never an object that somebody else may change. */
export const delivered = ({ publishedAt: _, ...message }: Kept): DeliveredMessage => structuredClone(message);

export const inMemoryTopics = (): InMemoryTopics => {
  const topics = new Map<string, Kept[][]>();
  const known = (topic: string) => {
    const partitions = topics.get(topic);
    if (!partitions) throw new Error(`topic ${topic} does not exist`);
    return partitions;
  };
  return {
    ensure: (topic, partitions) => {
      const living = topics.get(topic);
      if (living && living.length !== partitions) throw new PartitionsDiffer(topic, living.length, partitions);
      if (!living)
        topics.set(
          topic,
          Array.from({ length: partitions }, () => []),
        );
    },
    append: (message, at) => {
      const partitions = known(message.topic);
      const partition = partitionOf(message.partitionKey, partitions.length);
      const log = partitions[partition] as Kept[];
      log.push({ ...(JSON.parse(JSON.stringify(message)) as IntegrationMessage), partition, offset: String(log.length), publishedAt: at });
    },
    partitionsOf: known,
    has: (topic) => topics.has(topic),
  };
};
