import { askBroker } from '@stockproof/integration-bus-kafka/testing';
import type { Admin } from 'kafkajs';
import type { Client } from 'pg';

/** `behind`: messages that consumers have not taken yet; `oldestMs`: for how long the oldest waits, and `slowest`: for whom. */
export type Lag = { readonly behind: number; readonly oldestMs: number | null; readonly slowest: string | null };

export const lagInDatabase = async (client: Client): Promise<Lag> => {
  const { rows } = await client.query<{ behind: string; oldest: number | null; slowest: string }>(
    `select sum(h.next_offset - c.next_offset) over () as behind, c.consumer_group || ' ' || t.name as slowest,
            (extract(epoch from clock_timestamp() - m.published_at) * 1000)::float8 as oldest
       from bus.consumers c
       join bus.partitions h using (topic_no, partition)
       join bus.topics t on t.no = c.topic_no
       join bus.messages m on m.topic_no = c.topic_no and m.partition = c.partition and m."offset" = c.next_offset
      order by m.published_at limit 1`,
  );
  const [row] = rows;
  return { behind: Number(row?.behind ?? 0), oldestMs: row?.oldest ?? null, slowest: row?.slowest ?? null };
};

/** How long they wait Kafka does not tell without reading them. */
export const lagOnKafka = (brokers: readonly string[]): Promise<Lag> =>
  askBroker(brokers, async (admin) => {
    const { groups } = await admin.listGroups();
    let behind = 0;
    for (const { groupId } of groups) behind += await behindIn(admin, groupId);
    return { behind, oldestMs: null, slowest: null };
  });

const behindIn = async (admin: Admin, groupId: string): Promise<number> => {
  let behind = 0;
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId })) {
    const heads = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
    for (const { partition, offset } of partitions) behind += (heads.get(partition) ?? 0) - Math.max(0, Number(offset));
  }
  return behind;
};
