import { PartitionsDiffer } from '@stockproof/integration-bus';
import type { Connections } from './connections';

export type TopicEntry = { readonly no: number; readonly name: string; readonly partitions: number };

export type TopicDirectory = {
  readonly ensure: (names: readonly string[], partitions: number) => Promise<void>;
  /** In the order asked; throws for a topic that nobody created. */
  readonly find: (names: readonly string[]) => Promise<readonly TopicEntry[]>;
  /** Creates those of these topics anew that are there no more, and answers each as it is now. */
  readonly restore: (entries: readonly TopicEntry[]) => Promise<readonly TopicEntry[]>;
};

/** The schema of the bus, or what must be in it, is not there. */
const isSchemaLost = (error: unknown): boolean => ['3F000', '42P01', '42883'].includes(String((error as { code?: unknown }).code));

/** Topics by name. They never change once created, so each is asked for once; one that was lost and created anew has another number. */
export const topicDirectory = ({ query }: Connections, recreateSchema: () => Promise<void>): TopicDirectory => {
  const known = new Map<string, TopicEntry>();
  const ensured = (names: readonly string[], partitions: number) =>
    query('ensure_topics', 'select bus.ensure_topics($1, $2)', [names, partitions]);
  const directory: TopicDirectory = {
    ensure: async (names, partitions) => {
      known.clear();
      await ensured(names, partitions).catch(async (error: unknown) => {
        if (!isSchemaLost(error)) throw error;
        await recreateSchema();
        await ensured(names, partitions);
      });
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
    restore: async (entries) => {
      const there = await query<{ no: number }>('topics_there', 'select no from bus.topics where no = any($1)', [
        entries.map(({ no }) => no),
      ]).catch((error: unknown) => {
        if (!isSchemaLost(error)) throw error;
        return [];
      });
      const lost = entries.filter(({ no }) => !there.some((each) => each.no === no));
      for (const [partitions, some] of Map.groupBy(lost, (each) => each.partitions))
        await directory.ensure(
          some.map(({ name }) => name),
          partitions,
        );
      const anew = await directory.find(lost.map(({ name }) => name));
      return entries.map((entry) => anew[lost.indexOf(entry)] ?? entry);
    },
  };
  return directory;
};
