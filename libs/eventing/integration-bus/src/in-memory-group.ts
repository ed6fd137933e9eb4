import type { SubscribeOptions } from './integration-bus';

export type Member = { readonly options: SubscribeOptions; readonly inHand: Set<Promise<void>>; stopping: boolean };

/** A member's hold on one partition. `lost`: somebody else has it, whatever the member is still doing. */
export type Lease = {
  readonly topic: string;
  readonly partition: number;
  readonly member: Member;
  lost: boolean;
  failures: number;
  waiting: boolean;
  busy: Promise<void> | null;
};

export type Group = {
  readonly name: string;
  readonly members: Member[];
  readonly leases: Map<string, Lease>;
  readonly offsets: Map<string, number>;
};

export const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`;

export const offsetOf = (group: Group, topic: string, partition: number): number => group.offsets.get(keyOf(topic, partition)) ?? 0;

const newLease = (topic: string, partition: number, member: Member): Lease => ({
  topic,
  partition,
  member,
  lost: false,
  failures: 0,
  waiting: false,
  busy: null,
});

const shareOut = (group: Group, topic: string, partitions: number): void => {
  const members = group.members.filter((member) => !member.stopping && member.options.topics.includes(topic));
  for (let partition = 0; partition < partitions; partition += 1) {
    const key = keyOf(topic, partition);
    const held = group.leases.get(key);
    const owner = members[partition % members.length];
    if (held?.busy || (held && held.member === owner)) continue;
    if (held) held.lost = true;
    if (owner) group.leases.set(key, newLease(topic, partition, owner));
    else group.leases.delete(key);
  }
};

/** Gives each partition to the member whose turn it is; one with a batch in hand keeps it until the batch is done. */
export const rebalance = (group: Group, partitionsOf: (topic: string) => number): void => {
  for (const topic of new Set([
    ...group.members.flatMap((member) => member.options.topics),
    ...[...group.leases.values()].map((lease) => lease.topic),
  ]))
    shareOut(group, topic, partitionsOf(topic));
};

/** Takes a partition from its owner at once, as an expired lease would: to the next member, or to the same one as a new hold. */
export const takeAwayLease = (group: Group, topic: string, partition: number): void => {
  const held = group.leases.get(keyOf(topic, partition));
  if (!held) return;
  held.lost = true;
  const others = group.members.filter((member) => member !== held.member && !member.stopping && member.options.topics.includes(topic));
  group.leases.set(keyOf(topic, partition), newLease(topic, partition, others[0] ?? held.member));
};
