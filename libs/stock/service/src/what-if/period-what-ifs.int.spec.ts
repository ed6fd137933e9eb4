import { join } from 'node:path';
import { inMemoryJobs } from '@stockproof/jobs';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { derivedId } from '@stockproof/vocabulary';
import { answerWhatIfs, scheduleAnswering } from './answering-what-ifs';
import { monthAccount, recordedMonth, type Month } from './testing/recorded-month';
import { askedWhatIfs, whatIfsToAnswer, type PeriodQuestion } from './what-if-store';

let tick = Date.parse('2026-06-01T12:00:00.000Z');
const clock = { now: () => new Date((tick += 10_000)).toISOString() };
const year = { from: '2020-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };

describe('a period decided once more', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  let month: Month;
  beforeAll(async () => {
    month = await recordedMonth(200);
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'stock', dir: join(__dirname, '../migrations') }] });
    databases = openDatabases({ url: postgres.url, service: 'stock', log: { warn: () => undefined } });
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });

  const desk = async (store: Pick<Month['store'], 'readAll'> = month.store) => {
    const jobs = inMemoryJobs(clock);
    const whatIfs = whatIfsToAnswer(databases.worker);
    await answerWhatIfs({ store, jobs, clock, whatIfs });
    const asked = askedWhatIfs(databases.writer);
    const ask = async (name: string, question: PeriodQuestion, accountId = monthAccount) => {
      const named = { accountId, whatIfId: derivedId(name) };
      await asked.ask(named, question, clock.now());
      return named;
    };
    return { jobs, asked, ask };
  };

  it('is answered with counts and, page by page, with what differs; the log is only read', async () => {
    const before = JSON.stringify(await month.events());
    const { jobs, asked, ask } = await desk();
    const named = await ask('whole', { ...year, changes: { warehouses: [{ warehouseId: 'warehouse-north', leftOut: true }] } });
    await scheduleAnswering(jobs, named);
    expect(await asked.one(named)).toMatchObject({ status: 'waiting', result: null });
    await jobs.advance();
    const answer = await asked.one(named);
    expect(answer).toMatchObject({ status: 'done', done: 1_000, of: 1_000, error: null, result: { orders: 201 } });
    const orders = await asked.rows(named, 'order', 0, 1_000);
    expect(orders.map(({ row }) => row)).toEqual(orders.map((_, index) => index + 1));
    expect(answer?.result).toMatchObject({ different: orders.length, listed: orders.length });
    expect(orders.length).toBeGreaterThan(2);
    expect((await asked.rows(named, 'order', 2, 1)).map(({ data }) => data.orderNumber)).toEqual([orders[2]?.data.orderNumber]);
    expect(await asked.rows(named, 'level', 0, 1_000)).toHaveLength(answer?.result?.levelsDifferent ?? -1);
    expect(JSON.stringify(await month.events()) === before).toBe(true);
    expect(await jobs.status(monthAccount)).toEqual([]);
  });

  it('with the settings that were comes out as it was, and is of its account alone', async () => {
    const { jobs, asked, ask } = await desk();
    const other = derivedId('another account');
    const [same, foreign] = [await ask('same', { ...year, changes: {} }), await ask('foreign', { ...year, changes: {} }, other)];
    await scheduleAnswering(jobs, same);
    await scheduleAnswering(jobs, foreign);
    await jobs.advance();
    expect(await asked.one(same)).toMatchObject({ status: 'done', result: { orders: 201, different: 0, levelsDifferent: 0 } });
    expect(await asked.one(foreign)).toMatchObject({ status: 'done', result: { orders: 0, different: 0 } });
    expect(await asked.one({ ...same, accountId: other })).toBeNull();
    expect((await asked.list(other, null, 10)).map(({ whatIfId }) => whatIfId)).toEqual([foreign.whatIfId]);
  });

  it('whose worker died in between is answered by the next one that starts, though nobody asks again', async () => {
    let reads = 0;
    const dying = {
      readAll: (...read: Parameters<Month['store']['readAll']>) =>
        (reads += 1) > 1 ? Promise.reject(new Error('died')) : month.store.readAll(...read),
    };
    const first = await desk(dying);
    const named = await first.ask('after a crash', { ...year, changes: {} });
    await scheduleAnswering(first.jobs, named);
    await first.jobs.advance();
    expect((await first.asked.one(named))?.status).not.toBe('done');
    const next = await desk();
    await next.jobs.advance();
    await next.jobs.advance();
    expect(await next.asked.one(named)).toMatchObject({ status: 'done', result: { different: 0 } });
  });

  it('keeps the last twenty of an account', async () => {
    const { jobs, asked, ask } = await desk();
    const short = { ...year, from: '2026-12-31T00:00:00.000Z', changes: {} };
    for (let index = 0; index < 22; index++) {
      await scheduleAnswering(jobs, await ask(`again ${index}`, short, derivedId('busy')));
      await jobs.advance();
    }
    const kept = await asked.list(derivedId('busy'), null, 100);
    expect(kept.map(({ whatIfId }) => whatIfId)).toEqual(Array.from({ length: 20 }, (_, index) => derivedId(`again ${21 - index}`)));
  });
});
