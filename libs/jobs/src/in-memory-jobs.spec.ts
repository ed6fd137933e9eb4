import { inMemoryJobStore } from './in-memory-job-store';
import { inMemoryJobs } from './in-memory-jobs';
import { jobRunner } from './job-runner';
import { jobsSuite } from './jobs.suite';
import { retryWaitMs } from './retry-wait';

jobsSuite('in memory', async () => inMemoryJobStore());

test('advancing a test runs what is due and what that brings about', async () => {
  const jobs = inMemoryJobs({ now: () => '2026-03-01T10:00:00.000Z' });
  const heard: string[] = [];
  const at = { kind: 'step', dueAt: '2026-03-01T10:00:00.000Z', accountId: null, payload: {} };
  jobs.onTimer('step', async ({ id }) => {
    heard.push(id);
    if (id === 'first') await jobs.setTimer({ ...at, id: 'second' });
  });
  await jobs.setTimer({ ...at, id: 'first' });
  expect(heard).toEqual([]);
  await jobs.advance();
  expect(heard).toEqual(['first', 'second']);
});

test('waits double from two seconds to a quarter of an hour, spread by half', () => {
  expect([1, 2, 3, 9, 10, 1000].map((failures) => retryWaitMs(failures, 0.5))).toEqual([2000, 4000, 8000, 512_000, 900_000, 900_000]);
  expect([retryWaitMs(1, 0), retryWaitMs(1, 1)]).toEqual([1000, 3000]);
});

test('every run that ends is told, with how it went', async () => {
  const ended: string[] = [];
  const clock = { now: () => '2026-03-01T10:00:00.000Z' };
  const onRun = (kind: string, outcome: string): void => void ended.push(`${kind} ${outcome}`);
  const log = { warn: () => undefined, error: () => undefined };
  const { jobs, claim, settled } = jobRunner({ store: inMemoryJobStore(), clock, log, onRun });
  const fails = async (): Promise<never> => Promise.reject(new Error('no answer'));
  jobs.onTimer('remind', async () => undefined);
  jobs.onTimer('call', fails);
  jobs.onSchedule({ kind: 'levels', run: async () => ({ cursor: null }) });
  jobs.onSchedule({ kind: 'orders', run: fails });
  for (const kind of ['remind', 'call']) await jobs.setTimer({ id: kind, kind, dueAt: clock.now(), accountId: null, payload: {} });
  for (const kind of ['levels', 'orders']) await jobs.schedule(kind, 'a', { accountId: null, everyMs: 60_000, payload: {} });
  await claim();
  await settled();
  expect(ended.sort()).toEqual(['call failed', 'levels done', 'orders failed', 'remind done']);
});

test('one kind has one handler', () => {
  const jobs = inMemoryJobs({ now: () => '2026-03-01T10:00:00.000Z' });
  jobs.onTimer('step', async () => undefined);
  expect(() => jobs.onTimer('step', async () => undefined)).toThrow('already');
});
