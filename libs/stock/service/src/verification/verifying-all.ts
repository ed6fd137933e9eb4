import { setTimeout as delay } from 'node:timers/promises';
import type { Jobs } from '@stockproof/jobs';
import type { AccountId } from '@stockproof/vocabulary';
import { countStreams, readStreamsFrom, readUnlistedStreams } from '../views/stock-streams/stock-streams.query';
import { check } from './checking';
import { keepFindings } from './findings';
import { membershipsOf, type Memberships } from './memberships';
import type { Subject, VerifierTools } from './subjects';
import { beginVerification, finishVerification, moveVerification } from './verifications';

export const verifyAllJob = 'verify-all-stock';

const pageSize = 50;
const unlistedAtMost = 100;
/** Between pages it stays away for as long as the page took, and at most so long: half of one worker's time at the most. */
const pauseAtMostMs = 1_000;

/** Checks a subject and writes down what was found; answers how much that is. */
export const verifySubject = async (tools: VerifierTools, subject: Subject, memberships: Memberships): Promise<number> => {
  const findings = await check(tools, subject, memberships);
  await keepFindings(tools.database, subject, findings, tools.clock.now());
  return findings.length;
};

/** Verifies all that an account has, when somebody asks: stream by stream, from where the last run of it came to. */
export const verifyAll = (jobs: Jobs, tools: VerifierTools): void =>
  jobs.onSchedule({
    kind: verifyAllJob,
    run: async ({ subject: accountId, progress }) => {
      const { database, clock } = tools;
      const open = await beginVerification(database, accountId, await countStreams(database, accountId), clock.now());
      if (open === null) return { cursor: null };
      const memberships = membershipsOf(tools, accountId);
      let { after, done, findings } = open;
      for (;;) {
        const began = performance.now();
        const page = await readStreamsFrom(database, accountId, after, pageSize);
        if (page.length === 0) break;
        for (const { kind, key } of page) {
          findings += await verifySubject(tools, { accountId, kind, key }, memberships);
          done += 1;
          await progress(done, open.streams);
        }
        after = page.at(-1) ?? after;
        await moveVerification(database, accountId, { verificationId: open.verificationId, done, findings, after });
        await delay(Math.min(performance.now() - began, pauseAtMostMs));
      }
      findings += await verifyUnlisted(tools, accountId, memberships);
      await moveVerification(database, accountId, { verificationId: open.verificationId, done, findings, after });
      await finishVerification(database, accountId, open.verificationId, clock.now());
      return { cursor: null };
    },
  });

/** What views have rows of, and no stream accounts for. */
export const verifyUnlisted = async (tools: VerifierTools, accountId: AccountId, memberships: Memberships): Promise<number> => {
  let findings = 0;
  for (const { kind, key } of await readUnlistedStreams(tools.database, accountId, unlistedAtMost))
    findings += await verifySubject(tools, { accountId, kind, key }, memberships);
  return findings;
};
