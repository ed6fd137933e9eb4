import { sql } from '@stockproof/sql';
import type { ServiceStatus } from './admin-server';
import type { ServiceEngines } from './engines';

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

const problemOf = (what: string, work: Promise<unknown>): Promise<readonly string[]> =>
  within(work).then(
    () => [],
    (error: unknown) => [`${what}: ${error instanceof Error ? error.message : String(error)}`],
  );

type Role = 'api' | 'worker';

/**
 * Whether a service has what its roles need: the database, as those who use it, and the bus for its worker. A bus that is away is told
 * in any case, but takes no HTTP away: what is accepted meanwhile is in the log, and is published when the bus is back.
 */
export const checkService = async (
  service: string,
  roles: readonly Role[],
  { databases, probeBus }: Pick<ServiceEngines, 'databases' | 'probeBus'>,
): Promise<ServiceStatus> => {
  const worker = roles.includes('worker');
  const doors = [...(roles.includes('api') ? (['writer'] as const) : []), ...(worker ? (['worker'] as const) : [])];
  const [ofDatabase, ofBus] = await Promise.all([
    Promise.all(doors.map((door) => problemOf(`database as ${door}`, databases[door].query(sql('select 1'))))),
    worker && probeBus !== null ? problemOf('bus', probeBus()) : [],
  ]);
  const broken = ofDatabase.flat();
  return { service, ready: broken.length === 0 && (ofBus.length === 0 || roles.includes('api')), problems: [...broken, ...ofBus] };
};
