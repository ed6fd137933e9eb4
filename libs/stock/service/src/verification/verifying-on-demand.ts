import { setTimeout as delay } from 'node:timers/promises';
import { postgresJobs } from '@stockproof/jobs';
import type { Log, ServiceEngines } from '@stockproof/service-host';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import { v7 } from 'uuid';
import { readFindings, type FindingRow } from './findings';
import { askForVerification, readVerification, type VerificationRow } from './verifications';
import { verifyAll, verifyAllJob } from './verifying-all';

export type VerificationWish = {
  readonly accountId: AccountId;
  /** Who asks, as it is kept with the verification. */
  readonly askedBy: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onProgress: (verification: VerificationRow) => void;
};

export type Verified = { readonly verification: VerificationRow; readonly open: readonly FindingRow[]; readonly more: boolean };

const lookEveryMs = 500;
const openAtMost = 200;

/**
 * Has all stock of an account verified and waits for it. This process takes its part in the work: a worker of stock that runs may do it
 * as well, and where none runs it is done here. Given up, it is carried on by whichever worker comes next.
 */
export const verifyOnDemand = async ({ databases, store }: ServiceEngines, wish: VerificationWish): Promise<Verified> => {
  const { accountId, clock, log, signal } = wish;
  const jobs = postgresJobs({ database: databases.worker, clock, log, onRun: () => undefined });
  verifyAll(jobs, { store, database: databases.worker, clock });
  const asked = { verificationId: v7(), askedBy: wish.askedBy, askedAt: clock.now() };
  const { verificationId } = await askForVerification(databases.writer, accountId, asked);
  await jobs.schedule(verifyAllJob, accountId, { accountId, everyMs: null, payload: {} });
  await jobs.runNow(verifyAllJob, accountId, accountId);
  jobs.start();
  try {
    for (;;) {
      signal.throwIfAborted();
      const verification = await readVerification(databases.writer, accountId, verificationId);
      if (verification === null) throw new Error(`the verification ${verificationId} is gone`);
      wish.onProgress(verification);
      if (verification.finishedAt !== null) return { verification, ...(await openFindings(databases, accountId)) };
      await delay(lookEveryMs, undefined, { signal }).catch(() => undefined); // the next turn throws what ended it
    }
  } finally {
    await jobs.stop();
  }
};

const openFindings = async ({ writer }: ServiceEngines['databases'], accountId: AccountId): Promise<Pick<Verified, 'open' | 'more'>> => {
  const open = await readFindings(writer, accountId, { kind: null, open: true }, { after: null, limit: openAtMost });
  return { open: open.slice(0, openAtMost), more: open.length > openAtMost };
};
