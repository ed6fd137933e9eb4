import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import { jobStandings } from './job-standings';
import { jobsSuite } from './jobs.suite';
import { jobsMigrations, postgresJobs, postgresJobStore } from './postgres-jobs';

let postgres: TestPostgres;
let databases: OpenDatabases;
const log = { warn: () => undefined, error: () => undefined };
const clock = { now: () => new Date().toISOString() };

beforeAll(async () => {
  postgres = await testPostgres();
  await migrate({ url: postgres.url, service: 'sales', folders: [{ name: 'jobs', dir: jobsMigrations }] });
  databases = openDatabases({ url: postgres.url, service: 'sales', log });
});
afterAll(async () => {
  await databases.close();
  await postgres.stop();
});

jobsSuite('Postgres', async () => {
  await databases.worker.query(sql('truncate job_timers, job_schedules'));
  return postgresJobStore(databases.worker);
});

test('requests may do all that they need as the writer', async () => {
  const jobs = postgresJobs({ database: databases.writer, clock, log });
  const account = '018e0000-0000-7000-8000-000000000009';
  await jobs.setTimer({ id: 'w', kind: 'remind', dueAt: clock.now(), accountId: account, payload: {} });
  await jobs.cancelTimer('w');
  await jobs.schedule('import', 'w', { accountId: account, everyMs: null, payload: {} });
  await jobs.runNow('import', 'w');
  expect(await jobs.status(account)).toMatchObject([{ kind: 'import', subject: 'w', failures: 0 }]);
  await jobs.unschedule('import', 'w');
});

test('kinds of jobs say how they stand: failing, overdue, and how long ago they last succeeded', async () => {
  await databases.worker.query(sql('truncate job_timers, job_schedules'));
  await databases.worker.query(
    sql(`insert into job_schedules (kind, subject, payload, every_ms, next_run_at, last_success_at, failures) values
      ('levels', 'a', '{}', 60000, '2026-03-01T10:01:00Z', '2026-03-01T10:00:00Z', 0),
      ('levels', 'b', '{}', 60000, '2026-03-01T10:09:00Z', '2026-03-01T09:50:00Z', 3),
      ('orders', 'c', '{}', 60000, '2026-03-01T10:02:00Z', null, 0),
      ('by-hand', 'd', '{}', null, null, null, 1)`),
  );
  await databases.worker.query(
    sql(`insert into job_timers (id, kind, payload, due_at, next_try_at, failures) values
      ('late', 'remind', '{}', '2026-03-01T10:00:00Z', '2026-03-01T10:09:00Z', 2), ('later', 'remind', '{}', '2026-03-01T11:00:00Z', '2026-03-01T11:00:00Z', 0)`),
  );
  expect(await jobStandings(databases.worker, '2026-03-01T10:05:00.000Z')).toEqual([
    { kind: 'by-hand', failing: 1, oldestSuccessSeconds: 0, overdueSeconds: 0 },
    { kind: 'levels', failing: 1, oldestSuccessSeconds: 900, overdueSeconds: 840 },
    { kind: 'orders', failing: 0, oldestSuccessSeconds: 0, overdueSeconds: 180 },
    { kind: 'remind', failing: 1, oldestSuccessSeconds: 0, overdueSeconds: 300 },
  ]);
});

describe('the running loop', () => {
  const open = async () => {
    await databases.worker.query(sql('truncate job_timers, job_schedules'));
    const jobs = postgresJobs({ database: databases.worker, clock, log, pollMs: 20 });
    return { jobs, heard: new Promise<string>((resolve) => jobs.onTimer('remind', async ({ id }) => resolve(id))) };
  };
  const due = { kind: 'remind', accountId: null, payload: {} };

  test('finds what fell due before it started, and stops', async () => {
    const { jobs, heard } = await open();
    await jobs.setTimer({ ...due, id: 'early', dueAt: '2020-01-01T00:00:00.000Z' });
    jobs.start();
    expect(await heard).toBe('early');
    await jobs.stop();
    expect(await databases.worker.query(sql('select id from job_timers'))).toEqual([]);
  });

  test('is told at once of what is due already, however rarely it looks', async () => {
    await databases.worker.query(sql('truncate job_timers, job_schedules'));
    const jobs = postgresJobs({ database: databases.worker, clock, log, pollMs: 3_600_000 });
    const ran = new Promise<string>((resolve) =>
      jobs.onSchedule({ kind: 'import', run: async ({ subject }) => (resolve(subject), { cursor: { at: 1 } }) }),
    );
    jobs.start();
    await jobs.schedule('import', 'channel-1', { accountId: null, everyMs: null, payload: {} });
    await jobs.runNow('import', 'channel-1');
    expect(await ran).toBe('channel-1');
    await jobs.stop();
    expect(await databases.worker.query(sql('select cursor, failures, leased_until from job_schedules'))).toEqual([
      { cursor: { at: 1 }, failures: 0, leased_until: null },
    ]);
  });

  test('stopping waits for what runs', async () => {
    const { jobs } = await open();
    let finish = (): void => undefined;
    const begun = new Promise<void>((resolve) =>
      jobs.onTimer('slow', async () => {
        resolve();
        await new Promise<void>((end) => (finish = end));
      }),
    );
    jobs.start();
    await jobs.setTimer({ ...due, id: 'slow', kind: 'slow', dueAt: '2020-01-01T00:00:00.000Z' });
    await begun;
    const stopped = jobs.stop();
    finish();
    await stopped;
    expect(await databases.worker.query(sql('select id from job_timers'))).toEqual([]);
  });

  /** Stopped while a job waits for the world outside, which only hears of it when `hangUp` is called. */
  const stoppedWhileWaiting = async (ends: 'when hung up on' | 'never') => {
    const said: string[] = [];
    const tell = (details: object, message: string) => void said.push(`${message} ${JSON.stringify(details)}`);
    await databases.worker.query(sql('truncate job_timers, job_schedules'));
    const own = openDatabases({ url: postgres.url, service: 'sales', log });
    let hungUp = (_: Error): void => undefined;
    const outside = new Promise<never>((_, reject) => (hungUp = reject));
    const hangUp = (): void => (ends === 'never' ? undefined : hungUp(new Error('hung up')));
    const limits = { pollMs: 20, drainMs: 20, outcomeMs: ends === 'never' ? 20 : 10_000, hangUp };
    const jobs = postgresJobs({ database: own.worker, clock, log: { warn: tell, error: tell }, ...limits });
    const begun = new Promise<void>((resolve) => jobs.onTimer('order', () => (resolve(), outside)));
    jobs.start();
    await jobs.setTimer({ ...due, id: 'o', kind: 'order', dueAt: '2020-01-01T00:00:00.000Z' });
    await begun;
    await jobs.stop();
    await own.close();
    hungUp(new Error('far too late'));
    await new Promise(setImmediate);
    return { said, rows: await databases.worker.query(sql('select failures, last_error, leased_until is null as free from job_timers')) };
  };

  test('stopping hangs up on what keeps a job waiting, and leaves it free to be run by others', async () => {
    const { said, rows } = await stoppedWhileWaiting('when hung up on');
    expect(rows).toEqual([{ failures: 1, last_error: 'hung up', free: true }]);
    expect(said.join('\n')).not.toMatch(/did not end/);
  });

  test('what does not even end then is told once, by its kind, and its outcome goes nowhere', async () => {
    const { said, rows } = await stoppedWhileWaiting('never');
    expect(rows).toEqual([{ failures: 0, last_error: null, free: false }]);
    expect(said).toEqual(['Jobs did not end: they are run again after their lease {"kinds":["order"]}']);
  });
});
