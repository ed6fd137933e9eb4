import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import { personalDataSuite } from './personal-data.suite';
import { personalDataMigrations, postgresPersonalData } from './postgres-personal-data';
import { CannotUnseal, newKey } from './sealing';

let postgres: TestPostgres;
let databases: OpenDatabases;
const masterKey = newKey();
const clock = { now: () => '2026-03-01T10:00:00.000Z' };

beforeAll(async () => {
  postgres = await testPostgres();
  await migrate({ url: postgres.url, service: 'sales', folders: [{ name: 'personal-data', dir: personalDataMigrations }] });
  databases = openDatabases({ url: postgres.url, service: 'sales', log: { warn: () => undefined } });
});
afterAll(async () => {
  await databases.close();
  await postgres.stop();
});

personalDataSuite('Postgres', {
  open: async (suiteClock) => {
    await databases.worker.query(sql('truncate personal_keys, erasure_ledger'));
    const options = { masterKey, clock: suiteClock };
    return {
      here: postgresPersonalData({ ...options, database: databases.writer }),
      elsewhere: postgresPersonalData({ ...options, database: databases.worker }),
    };
  },
});

test('the key rows alone open nothing: another master key is an error', async () => {
  const personalData = postgresPersonalData({ database: databases.worker, masterKey, clock });
  const sealed = await personalData.seal(personalData.newSubject(), 'Ada');
  const stranger = postgresPersonalData({ database: databases.worker, masterKey: newKey(), clock });
  await expect(stranger.open(sealed)).rejects.toThrow(CannotUnseal);
  expect(() => postgresPersonalData({ database: databases.worker, masterKey: Buffer.from('short'), clock })).toThrow('32 bytes');
});

test('a forgotten key is gone from its table', async () => {
  const personalData = postgresPersonalData({ database: databases.worker, masterKey, clock });
  const { subjectId } = await personalData.seal(personalData.newSubject(), 'Ada');
  await personalData.forget(subjectId);
  expect(await databases.worker.query(sql('select wrapped_key from personal_keys where subject_id = $1', subjectId))).toEqual([]);
});

test('many people open with one query', async () => {
  const sealing = postgresPersonalData({ database: databases.worker, masterKey, clock });
  const sealed = await Promise.all(Array.from({ length: 50 }, (_, n) => sealing.seal(sealing.newSubject(), n)));
  let queries = 0;
  const counting = {
    ...databases.worker,
    query: <Row extends object>(statement: Parameters<typeof databases.worker.query>[0]) => (
      queries++,
      databases.worker.query<Row>(statement)
    ),
  };
  const opening = postgresPersonalData({ database: counting, masterKey, clock });
  expect(await opening.openMany(sealed)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  expect(queries).toBe(1);
});
