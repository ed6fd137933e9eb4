import { partitionsPerTopic, type IntegrationBus } from '@stockproof/integration-bus';
import { adminDoor } from './admin-door';
import { connectTo, type KafkaConnection } from './connection';
import type { BusLog } from './driver-log';
import { GroupMember } from './group-member';
import { partitionLog } from './partition-log';
import { positionsOf } from './positions';
import { publishing } from './publishing';
import { topicsOf, type TopicSettings } from './topics';

export type KafkaBusOptions = KafkaConnection &
  Partial<TopicSettings> & {
    /** Told of the cluster's difficulties; the bus goes on by itself. */
    readonly log?: BusLog;
  };

export type KafkaBus = IntegrationBus & {
  /** Resolves when the cluster answers; rejects with what it met instead. */
  readonly probe: () => Promise<void>;
};

/** The integration bus on Apache Kafka. One client per service and process. */
export const kafkaBus = (options: KafkaBusOptions): KafkaBus => {
  const kafka = connectTo(options, options.log);
  // Apart from each other: see what the door says about deleted topics.
  const [topicAdmin, positionAdmin] = [adminDoor(kafka), adminDoor(kafka)];
  const log = partitionLog(kafka);
  const positions = positionsOf(positionAdmin, log);
  const settings = { replicationFactor: options.replicationFactor ?? -1, retentionMs: options.retentionMs ?? -1 };
  const topics = topicsOf(topicAdmin, settings, positions.holdsEverything);
  const publisher = publishing(kafka, topics);
  const members = new Set<GroupMember>();
  const leave = async (member: GroupMember): Promise<void> => {
    await member.stop();
    members.delete(member);
  };
  return {
    ensureTopics: (names, partitions = partitionsPerTopic) => topics.ensure(names, partitions),
    publish: publisher.publish,
    subscribe: async (to) => {
      await topics.met(to.topics);
      const member = new GroupMember(kafka, to, log);
      members.add(member);
      await member.start();
      return { stop: () => leave(member) };
    },
    lastOfSource: positions.lastOfSource,
    holdsEverything: positions.holdsEverything,
    lag: positions.lag,
    rewind: positions.rewind,
    probe: async () => void (await topicAdmin.ask((admin) => admin.listTopics())),
    close: async () => {
      await Promise.all([...members].map(leave));
      await publisher.close();
      await log.close();
      await topicAdmin.close();
      await positionAdmin.close();
    },
  };
};
