import { Client } from 'pg';
import { testPostgres } from './testing';

const query = async (url: string, text: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

describe('testPostgres', () => {
  it('gives each call an empty database of its own', async () => {
    const [one, two] = await Promise.all([testPostgres(), testPostgres()]);
    await query(one.url, 'create table notes (text text)');
    expect(await query(two.url, "select to_regclass('notes') as notes")).toEqual([{ notes: null }]);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('drops the database at the end, whoever is still connected', async () => {
    const database = await testPostgres();
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.stop();
    await expect(query(database.url, 'select 1')).rejects.toThrow(/does not exist/);
  });

  it('keeps text apart by code point and folds the case of all of Unicode', async () => {
    const { url, stop } = await testPostgres();
    expect(
      await query(
        url,
        "select lower('ÄÖ') as lower, 'Z' < 'a' as by_code_point, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()",
      ),
    ).toEqual([{ lower: 'äö', by_code_point: true, encoding: 'UTF8' }]);
    await stop();
  });
});
