import { checkSizes, partitionOf, type IntegrationMessage } from '@stockproof/integration-bus';
import { gathered, inTurn, upTo } from '@stockproof/sql';
import type { Connections } from './connections';
import type { TopicDirectory } from './topic-directory';
import type { Advance } from './wake-ups';

type Placed = { readonly topicNo: number; readonly partition: number; readonly source: string; readonly text: string };

/** Bounds of one statement: memory on both sides, and how long others wait for the topic's lock. */
const mostBytes = 4_000_000;
const mostMessages = 2_000;

/** Publishes of one client go in the order they were called, as many as are waiting in one commit. */
export const publishing = ({ query }: Connections, topics: TopicDirectory, wake: (advances: readonly Advance[]) => void) => {
  const keep = async (calls: readonly (readonly Placed[])[]): Promise<readonly void[]> => {
    const all = calls.flat();
    const rows = await query<{ out_topic: number; out_partition: number; out_next: string }>(
      'publish',
      'select * from bus.publish($1, $2, $3, $4)',
      [all.map((each) => each.topicNo), all.map((each) => each.partition), all.map((each) => each.source), all.map((each) => each.text)],
    );
    wake(rows.map((row) => ({ topicNo: row.out_topic, partition: row.out_partition, next: Number(row.out_next) })));
    return calls.map(() => undefined);
  };
  const sizeOf = (call: readonly Placed[]) =>
    Math.max(call.length / mostMessages, call.reduce((sum, { text }) => sum + text.length, 0) / mostBytes);
  const queue = gathered({ run: keep, fits: upTo(1, sizeOf), repeatable: false });
  const place = async (messages: readonly IntegrationMessage[]): Promise<readonly Placed[]> => {
    const entries = await topics.find(messages.map((message) => message.topic));
    return messages.map((message, index) => {
      const { no, partitions } = entries[index] as (typeof entries)[number];
      return {
        topicNo: no,
        partition: partitionOf(message.partitionKey, partitions),
        source: message.source,
        text: JSON.stringify(message),
      };
    });
  };
  // Looking up a topic takes time: a later call could overtake an earlier one.
  const enter = inTurn(place, queue.add);
  return {
    publish: async (messages: readonly IntegrationMessage[]): Promise<void> => {
      if (messages.length === 0) return;
      checkSizes(messages);
      await enter(messages);
    },
    idle: queue.idle,
  };
};
