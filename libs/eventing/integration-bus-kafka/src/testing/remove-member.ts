import { AssignerProtocol, type Kafka } from 'kafkajs';
import { membersOf, withCoordinator } from './coordinator';

/** Says in the name of the member that owns a partition that it leaves; the member itself hears of it at its next heartbeat. */
export const removeMemberWith = (kafka: Kafka, groupId: string, topic: string, partition: number): Promise<void> =>
  withCoordinator(kafka, groupId, async (coordinator) => {
    const owner = (await membersOf(coordinator, groupId)).find(({ memberAssignment }) =>
      AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[topic]?.includes(partition),
    );
    if (!owner) throw new Error(`nobody in ${groupId} has ${topic}/${partition}`);
    await coordinator.leaveGroup({ groupId, memberId: owner.memberId });
  });
