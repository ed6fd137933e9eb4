import type { Kafka, KafkaMessage } from 'kafkajs';
import { NoAnswer, whatItMeant } from './failure';
import { renewed } from './renewed';

/** Reads records of a partition at any offset, outside of every group: where a publisher stands, and how old what waits is. */
export type PartitionLog = {
  /** Some records from this offset on, at least one where there is one. */
  readonly read: (from: RecordPlace) => Promise<readonly KafkaMessage[]>;
  readonly close: () => Promise<void>;
};

export type RecordPlace = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** How much to read at most; one batch of the producer always comes whole. */
  readonly mostBytes: number;
};

type FetchedPartition = { readonly partition: number; readonly messages: readonly KafkaMessage[] };

/** The part of the driver's own cluster that its consumers read through. */
type Cluster = {
  readonly connect: () => Promise<void>;
  readonly disconnect: () => Promise<void>;
  readonly addTargetTopic: (topic: string) => Promise<void>;
  readonly refreshMetadata: () => Promise<void>;
  readonly findLeaderForPartitions: (topic: string, partitions: readonly number[]) => Readonly<Record<string, readonly number[]>>;
  readonly findBroker: (of: { readonly nodeId: string }) => Promise<{
    readonly fetch: (request: object) => Promise<{ readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[] }>;
  }>;
};

type ClusterMaker = (options: { readonly allowAutoTopicCreation: boolean }) => Cluster;

/**
 * The driver reads for groups only: what looks without joining one would have to make up a group for each look. Its cluster, which can
 * do both, is reached by the name that it has inside.
 */
export const openCluster = (kafka: Kafka): Cluster => {
  const name = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === 'private:Kafka:createCluster');
  const make = name === undefined ? undefined : (kafka as unknown as Readonly<Record<symbol, ClusterMaker>>)[name];
  if (!make) throw new Error('This version of kafkajs keeps its cluster elsewhere.');
  return make({ allowAutoTopicCreation: false });
};

const tries = 4;

export const partitionLog = (kafka: Kafka): PartitionLog => {
  const clusters = renewed(
    async () => {
      const cluster = openCluster(kafka);
      await cluster.connect();
      return cluster;
    },
    (cluster) => cluster.disconnect(),
  );
  const readBy = async (cluster: Cluster, { topic, partition, offset, mostBytes }: RecordPlace): Promise<readonly KafkaMessage[]> => {
    await cluster.addTargetTopic(topic);
    const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
    if (nodeId === undefined) throw new NoAnswer(`${topic}/${partition} has no leader`);
    const broker = await cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({
      maxWaitTime: 100,
      minBytes: 1,
      maxBytes: mostBytes,
      isolationLevel: 1,
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(offset), maxBytes: mostBytes }] }],
    });
    const messages = responses[0]?.partitions.find((each) => each.partition === partition)?.messages ?? [];
    return messages.filter((message) => Number(message.offset) >= offset);
  };
  const read = async (from: RecordPlace, tried = 1): Promise<readonly KafkaMessage[]> => {
    try {
      return await clusters.use((cluster) => readBy(cluster, from));
    } catch (error) {
      if (tried >= tries) throw whatItMeant(error);
      // What it knew of the cluster may be old, or a connection is gone: the next try has another.
      return read(from, tried + 1);
    }
  };
  return { read: (from) => read(from), close: clusters.close };
};
