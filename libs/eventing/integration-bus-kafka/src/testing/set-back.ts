import type { Admin } from 'kafkajs';
import { connectTo } from '../connection';
import { askBroker } from './broker-admin';
import { membersOf, withCoordinator } from './coordinator';

/**
 * Sets the offsets of all groups of this prefix back by so many messages in each partition. Their members must be dead: a broker takes
 * offsets from outside only for a group that nobody is in, so it is told in the name of the dead that they leave, which it would
 * otherwise notice after their session.
 */
export const setBackGroups = (brokers: readonly string[], prefix: string, messages: number): Promise<void> =>
  askBroker(brokers, async (admin) => {
    const { groups } = await admin.listGroups();
    for (const { groupId } of groups.filter((group) => group.groupId.startsWith(prefix))) await setBack(admin, brokers, groupId, messages);
  });

const setBack = async (admin: Admin, brokers: readonly string[], groupId: string, messages: number): Promise<void> => {
  const topics = (await admin.fetchOffsets({ groupId })).map(({ topic, partitions }) => ({
    topic,
    partitions: partitions
      .filter(({ offset }) => Number(offset) > 0)
      .map(({ partition, offset }) => ({ partition, offset: String(Math.max(0, Number(offset) - messages)), metadata: null })),
  }));
  await withCoordinator(connectTo({ brokers, clientId: 'stockproof-tests' }, undefined), groupId, async (coordinator) => {
    for (const { memberId } of await membersOf(coordinator, groupId)) await coordinator.leaveGroup({ groupId, memberId });
    await coordinator.offsetCommit({ groupId, groupGenerationId: -1, memberId: '', retentionTime: -1, topics });
  });
};
