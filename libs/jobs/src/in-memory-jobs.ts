import type { Clock } from '@stockproof/vocabulary';
import { inMemoryJobStore } from './in-memory-job-store';
import { jobRunner } from './job-runner';
import type { Jobs } from './jobs';
import type { JobLog } from './running-jobs';

const silent: JobLog = { warn: () => undefined, error: () => undefined };

/**
 * For tests: nothing runs by itself. `advance` runs what is due by the clock, and what becomes due by that, to its end; handlers
 * that wait for ever make it wait too.
 */
export const inMemoryJobs = (clock: Clock, log: JobLog = silent): Jobs & { readonly advance: () => Promise<void> } => {
  const runner = jobRunner({ store: inMemoryJobStore(), clock, log, random: () => 0.5 });
  return {
    ...runner.jobs,
    advance: async () => {
      while ((await runner.claim()) > 0) await runner.settled();
    },
  };
};
