import type { Kafka } from 'kafkajs';
import { openCluster } from '../partition-log';

export type Member = { readonly memberId: string; readonly memberAssignment: Buffer };
type CommittedTopic = {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number; readonly offset: string; readonly metadata: string | null }[];
};

/** The broker that keeps a consumer group, spoken to past the driver's consumers. */
export type Coordinator = {
  readonly describeGroups: (of: { readonly groupIds: readonly string[] }) => Promise<{
    readonly groups: readonly { readonly members: readonly Member[] }[];
  }>;
  readonly leaveGroup: (of: { readonly groupId: string; readonly memberId: string }) => Promise<unknown>;
  readonly offsetCommit: (of: {
    readonly groupId: string;
    readonly groupGenerationId: number;
    readonly memberId: string;
    readonly retentionTime: number;
    readonly topics: readonly CommittedTopic[];
  }) => Promise<unknown>;
};

/** Speaks to the coordinator of this group. */
export const withCoordinator = async <T>(kafka: Kafka, groupId: string, work: (coordinator: Coordinator) => Promise<T>): Promise<T> => {
  const cluster = openCluster(kafka);
  await cluster.connect();
  try {
    const finding = cluster as unknown as { readonly findGroupCoordinator: (of: { readonly groupId: string }) => Promise<Coordinator> };
    return await work(await finding.findGroupCoordinator({ groupId }));
  } finally {
    await cluster.disconnect();
  }
};

export const membersOf = async (coordinator: Coordinator, groupId: string): Promise<readonly Member[]> =>
  (await coordinator.describeGroups({ groupIds: [groupId] })).groups[0]?.members ?? [];
