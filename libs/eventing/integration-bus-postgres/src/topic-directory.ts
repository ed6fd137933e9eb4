import { PartitionsDiffer } from '@stockproof/integration-bus';
import type { Connections } from './connections';

export type TopicEntry = { readonly no: number; readonly name: string; readonly partitions: number };

export type TopicDirectory = {
  readonly ensure: (names: readonly string[], partitions: number) => Promise<void>;
  /** In the order asked; throws for a topic that nobody created. */
  readonly find: (names: readonly string[]) => Promise<readonly TopicEntry[]>;
};

/** Topics by name. They never change once created, so each is asked for once. */
export const topicDirectory = ({ query }: Connections): TopicDirectory => {
  const known = new Map<string, TopicEntry>();
  return {
    ensure: async (names, partitions) => {
      await query('ensure_topics', 'select bus.ensure_topics($1, $2)', [names, partitions]);
      const [other] = await query<TopicEntry>(
        'topics_with_others',
        'select no, name, partitions from bus.topics where name = any($1) and partitions <> $2 order by name limit 1',
        [names, partitions],
      );
      if (other) throw new PartitionsDiffer(other.name, other.partitions, partitions);
    },
    find: async (names) => {
      const missing = [...new Set(names)].filter((name) => !known.has(name));
      if (missing.length > 0) {
        const rows = await query<TopicEntry>('topics', 'select no, name, partitions from bus.topics where name = any($1)', [missing]);
        rows.forEach((row) => known.set(row.name, row));
      }
      return names.map((name) => {
        const entry = known.get(name);
        if (!entry) throw new Error(`topic ${name} does not exist`);
        return entry;
      });
    },
  };
};
