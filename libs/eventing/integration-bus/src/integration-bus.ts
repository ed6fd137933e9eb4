import type { JsonObject } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';

/** A fact on its way to other services: CloudEvents 1.0, with the extensions that ordering and deduplication need. */
export type IntegrationMessage = {
  /** `ce_id`: stable, the same when published again. */
  readonly id: string;
  /** `ce_type`: `stockproof.sales.sales-order-approved.v1`. */
  readonly type: string;
  /** `ce_source`: `stockproof/<service>/<log id>`. Positions count per source. */
  readonly source: string;
  /** `ce_subject`: the aggregate's id. */
  readonly subject: string;
  readonly time: Instant;
  readonly topic: string;
  /** What may be handled at the same time: equal keys share a partition. */
  readonly partitionKey: string;
  /** What must stay in order, and what a poison message parks. */
  readonly orderingKey: string;
  readonly organizationId: string;
  readonly accountId: string | null;
  /** Revision of the source stream: strictly increasing per aggregate. */
  readonly sequence: number;
  /** Position in the source's log; messages of one source and partition never go back. Several messages of one event share it. */
  readonly sourcePosition: string;
  /** Place of this message among those of the same source event, from 0. */
  readonly ordinal: number;
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceparent?: string;
  readonly data: JsonObject;
};

export type DeliveredMessage = IntegrationMessage & { readonly partition: number; readonly offset: string };

/** Messages of one partition of one topic, in order. */
export type PartitionBatch = { readonly topic: string; readonly partition: number; readonly messages: readonly DeliveredMessage[] };

/** What a handler may ask while it works on a batch. */
export type BatchContext = {
  /** False once the partition was given to somebody else: finish nothing more. */
  readonly owns: () => boolean;
  /** Keeps the partition while waiting. Call at least every ten seconds. */
  readonly heartbeat: () => Promise<void>;
};

export type SubscribeOptions = {
  readonly group: string;
  readonly topics: readonly string[];
  /** Messages a batch holds at most. Default 500. */
  readonly batchSize?: number;
  /** Resolving moves the group's offset past the batch; rejecting delivers the batch again after a growing wait. */
  readonly onBatch: (batch: PartitionBatch, context: BatchContext) => Promise<void>;
  /** Told of each rejected batch and each lost connection; the bus goes on by itself. */
  readonly onError?: (error: unknown) => void;
};

/** Finishes the batch in hand, gives its partitions back, then resolves. */
export type BusSubscription = { readonly stop: () => Promise<void> };

export type PartitionLag = {
  readonly topic: string;
  readonly partition: number;
  readonly behind: number;
  readonly oldestUnread: Instant | null;
  /** Offset that the group reads next. */
  readonly next: string;
};

/** Topics in partitions, delivered at least once, in order per partition, to each group once. Every adapter passes `integrationBusSuite`. */
export type IntegrationBus = {
  /** Creates what is missing. The number of partitions of a living topic never changes: throws `PartitionsDiffer` where it is another. */
  readonly ensureTopics: (topics: readonly string[], partitions?: number) => Promise<void>;
  /** Resolves when all are durably kept, in the order given per partition. */
  readonly publish: (messages: readonly IntegrationMessage[]) => Promise<void>;
  readonly subscribe: (options: SubscribeOptions) => Promise<BusSubscription>;
  /** The last message in each partition of a topic that came from a source with this prefix: where a publisher stands after a restore. */
  readonly lastOfSource: (topic: string, sourcePrefix: string) => Promise<readonly DeliveredMessage[]>;
  /** Whether nothing of a topic was removed yet: what is not there was never kept, or was lost. */
  readonly holdsEverything: (topic: string) => Promise<boolean>;
  /** How far a group is behind in each partition; a topic that is not there has none. */
  readonly lag: (group: string, topics: readonly string[]) => Promise<readonly PartitionLag[]>;
  /** The group hears the topic from its start again: for a service whose database was restored. Only while nobody of the group listens. */
  readonly rewind: (group: string, topic: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Partitions of every topic; never changed, or keys would move. */
export const partitionsPerTopic = 12;

/** Thrown for a topic that has another number of partitions than it must have: the places of its keys are not ours. */
export class PartitionsDiffer extends Error {
  override readonly name = 'PartitionsDiffer';
  constructor(
    readonly topic: string,
    readonly partitions: number,
    readonly wanted: number,
  ) {
    super(
      `The topic ${topic} has ${partitions} partitions and must have ${wanted}: with another number its keys lie in other places. ` +
        'Delete it, and it is created and filled again from the logs; or let this installation use a bus of its own.',
    );
  }
}
