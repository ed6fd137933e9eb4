import { sql } from '@stockproof/sql';
import type { OperatedService } from './operated-service';

/** Something that the configuration names, and what it said. */
export type Reached = { readonly what: string; readonly ok: boolean; readonly says: string; readonly ms: number };

const textOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(textOf).join('; ') : error instanceof Error ? error.message : String(error);

/** Tries something for so long and says how it went. Never throws. */
const tried = async (what: string, timeoutMs: number, work: () => Promise<string>): Promise<Reached> => {
  const began = performance.now();
  const took = (): number => Math.round(performance.now() - began);
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
  });
  try {
    return { what, ok: true, says: await Promise.race([work(), late]), ms: took() };
  } catch (error) {
    return { what, ok: false, says: textOf(error), ms: took() };
  } finally {
    clearTimeout(limit);
  }
};

/** Asks a service's database, event store and bus for something small, as the service itself would, each for so long at most. */
export const reach = async ({ definition, engines }: OperatedService, timeoutMs: number): Promise<readonly Reached[]> => {
  const { databases, store, bus, probeBus } = engines;
  const { name } = definition;
  return Promise.all([
    tried(`${name}: database`, timeoutMs, async () => {
      const [row] = await databases.writer.query<{ version: string }>(sql("select current_setting('server_version') as version"));
      return `Postgres ${row?.version ?? ''}`;
    }),
    tried(`${name}: event store`, timeoutMs, async () => {
      const [logId, head] = [await store.logId(), await store.head()];
      return `log ${logId}, at ${head.position || 'its start'}`;
    }),
    tried(`${name}: bus`, timeoutMs, async () => {
      if (probeBus === null) await bus.lag(`${name}.command-line`, definition.topics);
      else await probeBus();
      return `answers; ${definition.topics.length} topics are published`;
    }),
  ]);
};

/** Resolves when a service's database answers to its role; rejects with what the driver says otherwise. */
export const databaseAnswers = async ({ engines: { databases } }: OperatedService): Promise<void> => {
  await databases.writer.query(sql('select 1'));
};
