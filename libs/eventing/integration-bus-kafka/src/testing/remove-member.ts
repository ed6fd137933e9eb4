import { AssignerProtocol, type Kafka } from 'kafkajs';
import { openCluster } from '../partition-log';

type Coordinator = {
  readonly describeGroups: (of: { readonly groupIds: readonly string[] }) => Promise<{
    readonly groups: readonly { readonly members: readonly { readonly memberId: string; readonly memberAssignment: Buffer }[] }[];
  }>;
  readonly leaveGroup: (of: { readonly groupId: string; readonly memberId: string }) => Promise<unknown>;
};

/** Says in the name of the member that owns a partition that it leaves; the member itself hears of it at its next heartbeat. */
export const removeMemberWith = async (kafka: Kafka, groupId: string, topic: string, partition: number): Promise<void> => {
  const cluster = openCluster(kafka);
  await cluster.connect();
  try {
    const finding = cluster as unknown as { readonly findGroupCoordinator: (of: { readonly groupId: string }) => Promise<Coordinator> };
    const coordinator = await finding.findGroupCoordinator({ groupId });
    const { groups } = await coordinator.describeGroups({ groupIds: [groupId] });
    const owner = groups[0]?.members.find(({ memberAssignment }) =>
      AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[topic]?.includes(partition),
    );
    if (!owner) throw new Error(`nobody in ${groupId} has ${topic}/${partition}`);
    await coordinator.leaveGroup({ groupId, memberId: owner.memberId });
  } finally {
    await cluster.disconnect();
  }
};
