import { categoryOf, startOfLog, type EventStore, type LogBatch, type RecordedEvent } from '@stockproof/event-store';
import type { Jobs } from '@stockproof/jobs';
import { simulation, type LoggedEvent, type SimulationResult } from '@stockproof/stock-domain';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import type { PeriodCounts, PeriodQuestion, WhatIfsToAnswer } from './what-if-store';

export const whatIfJob = 'answer-what-if';

/** Until it is answered it is looked after again: a run that died is begun anew, a failing one with growing waits. */
const everyMs = 5_000;
const forgottenJob = 'find-unanswered-what-ifs';
const lookEveryMs = 60_000;
const eventsAtOnce = 2_000;

/** What a what-if keeps in memory, and what it lists one by one; its counts are always of all. */
export const whatIfLimits = { orders: 1_000_000, listed: 100_000 };

/** Progress is told in thousandths of the time that is read. */
const thousandths = 1_000;

type Named = { readonly accountId: AccountId; readonly whatIfId: string };

/** From now on somebody answers it, whoever runs jobs. */
export const scheduleAnswering = (jobs: Pick<Jobs, 'schedule'>, { accountId, whatIfId }: Named): Promise<void> =>
  jobs.schedule(whatIfJob, `${accountId}/${whatIfId}`, { accountId, everyMs, payload: { accountId, whatIfId } });

export type AnsweringWhatIfs = {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly whatIfs: WhatIfsToAnswer;
  readonly jobs: Jobs;
  readonly clock: Clock;
};

/** Tells the job runner how a period is decided once more. */
export const answerWhatIfs = async (answering: AnsweringWhatIfs): Promise<void> => {
  const { jobs, whatIfs, clock } = answering;
  jobs.onSchedule({
    kind: whatIfJob,
    run: async ({ payload, subject, progress }) => {
      const named = { accountId: String(payload['accountId']), whatIfId: String(payload['whatIfId']) };
      const asked = await whatIfs.next(named);
      if (asked !== null) {
        const told = async (done: number): Promise<void> => {
          await whatIfs.advance(named, done, thousandths);
          await progress(done, thousandths);
        };
        const result = await decidedAgain(answering, named.accountId, asked, told);
        if (result === null) await whatIfs.fail(named, tooManyOrders, clock.now());
        else await whatIfs.answer(named, countsOf(result), rowsOf(result), clock.now());
      }
      await jobs.unschedule(whatIfJob, subject);
      return { cursor: null };
    },
  });
  // Also those whose asking process died before it could say that somebody is to answer.
  jobs.onSchedule({
    kind: forgottenJob,
    run: async ({ progress }) => {
      const open = await whatIfs.open();
      for (const named of open) await scheduleAnswering(jobs, named);
      await progress(open.length, open.length);
      return { cursor: null };
    },
  });
  await jobs.schedule(forgottenJob, 'stock', { accountId: null, everyMs: lookEveryMs, payload: {} });
};

const tooManyOrders = `The account has more than ${whatIfLimits.orders} orders until then.`;

/** Reads the log from its very beginning until the end of the period; `null`: there are too many orders. Writes nothing. */
const decidedAgain = async (
  { store }: AnsweringWhatIfs,
  accountId: AccountId,
  { from, to, changes }: PeriodQuestion,
  told: (done: number) => Promise<void>,
): Promise<SimulationResult | null> => {
  const again = simulation({ from, changes });
  const concerns = (event: RecordedEvent): boolean => event.recordedAt < to && isOf(accountId, event);
  let first: string | null = null;
  let batch = await store.readAll(startOfLog, eventsAtOnce);
  for (let last = lastOf(batch); last !== null; last = lastOf(batch)) {
    for (const event of batch.events.filter(concerns)) again.apply(loggedOf(event));
    if (again.orders() > whatIfLimits.orders) return null;
    if (last >= to) break;
    first ??= last;
    await told(thousandthsOf(first, last, to));
    batch = await store.readAll(batch.scannedTo, eventsAtOnce);
  }
  return again.result();
};

/** When the last of a batch was recorded; null at the end of the log. */
const lastOf = ({ events }: LogBatch): string | null => events.at(-1)?.recordedAt ?? null;

const thousandthsOf = (first: string, last: string, to: string): number => {
  const [begin, now, end] = [first, last, to].map((each) => Date.parse(each)) as [number, number, number];
  return Math.min(thousandths - 1, Math.floor((thousandths * (now - begin)) / Math.max(1, end - begin)));
};

const followed = new Set(['stock.item', 'stock.allocation']);
const isOf = (accountId: AccountId, { meta, stream }: RecordedEvent): boolean =>
  meta.accountId === accountId && followed.has(categoryOf(stream));

const loggedOf = ({ type, data, revision, recordedAt }: RecordedEvent): LoggedEvent => ({
  event: { type, data } as LoggedEvent['event'],
  revision,
  recordedAt,
});

const unevenOf = ({ levels }: SimulationResult) =>
  levels.filter(({ recorded, whatIf }) => JSON.stringify(recorded) !== JSON.stringify(whatIf));

const countsOf = (result: SimulationResult): PeriodCounts => {
  const { orders, recorded, whatIf, differences } = result;
  const [different, levelsDifferent] = [differences.length, unevenOf(result).length];
  return { orders, different, listed: Math.min(different, whatIfLimits.listed), recorded, whatIf, levelsDifferent };
};

const rowsOf = (result: SimulationResult) => ({
  order: result.differences.slice(0, whatIfLimits.listed),
  level: unevenOf(result).slice(0, whatIfLimits.listed),
});
