import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
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
});
