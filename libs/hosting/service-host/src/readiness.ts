import type { ServiceDatabases } from '@stockproof/sql';
import { sql } from '@stockproof/sql';
import type { ServiceStatus } from './admin-server';

/** A probe that takes longer counts as failed. */
const probeMs = 2_000;

const within = async <T>(work: Promise<T>): Promise<T> => {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (limit = setTimeout(() => reject(new Error(`no answer within ${probeMs} ms`)), probeMs)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(limit);
  }
};

/** Whether a service has what its roles need: the database, as those who use it. */
export const checkService = async (
  service: string,
  roles: readonly ('api' | 'worker')[],
  databases: ServiceDatabases,
): Promise<ServiceStatus> => {
  const doors = [...(roles.includes('api') ? (['writer'] as const) : []), ...(roles.includes('worker') ? (['worker'] as const) : [])];
  const problems = await Promise.all(
    doors.map((door) =>
      within(databases[door].query(sql('select 1'))).then(
        () => [],
        (error: unknown) => [`database as ${door}: ${error instanceof Error ? error.message : String(error)}`],
      ),
    ),
  );
  return { service, ready: problems.every((each) => each.length === 0), problems: problems.flat() };
};
