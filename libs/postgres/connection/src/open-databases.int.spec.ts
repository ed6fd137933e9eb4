import { Client } from 'pg';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import { openDatabases, type OpenDatabases } from './open-databases';
import { isTransient } from './transient';

const account = { kind: 'account', accountId: '0190a000-0000-7000-8000-00000000000a' } as const;

describe('the doors of a service to Postgres', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'sales', folders: [] });
    databases = openDatabases({ url: postgres.url, service: 'sales', log: { warn: () => undefined } });
    await databases.owner.query(sql('create table counters (name text primary key, value bigint not null)'));
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });

  it('hands out counts as numbers, moments as instants, days as text, JSON parsed', async () => {
    const [row] = await databases.worker.query(
      sql(`select 7::bigint as count, array[1, null, 2]::bigint[] as counts, timestamptz '2026-01-31 13:00:00.1239+01' as at, timestamptz '2026-01-31 12:00Z' as whole,
           array[timestamptz '2026-01-31 12:00Z'] as moments, date '2026-01-31' as day, '{"a":[1]}'::json as json, '{"a":null}'::jsonb as jsonb, 'infinity'::timestamptz as ever`),
    );
    expect(row).toEqual({
      count: 7,
      counts: [1, null, 2],
      at: '2026-01-31T12:00:00.123Z',
      whole: '2026-01-31T12:00:00.000Z',
      moments: ['2026-01-31T12:00:00.000Z'],
      day: '2026-01-31',
      json: { a: [1] },
      jsonb: { a: null },
      ever: 'infinity',
    });
  });

  it('connects each door as its role, with the schemas of the service', async () => {
    const who = sql('select current_user::text as role, current_schemas(false)::text[] as schemas');
    expect(await databases.writer.query(who)).toEqual([{ role: 'sales_writer', schemas: ['sales', 'sales_views'] }]);
    expect(await databases.worker.query(who)).toEqual([{ role: 'sales_worker', schemas: ['sales', 'sales_views'] }]);
    expect(await databases.owner.query(who)).toEqual([{ role: 'sales_owner', schemas: ['sales', 'sales_views'] }]);
    expect(await databases.reader.readAs(account, who)).toEqual([{ role: 'sales_reader', schemas: ['sales_views'] }]);
  });

  it('commits what resolves and takes back what rejects', async () => {
    await databases.worker.transaction((tx) => tx.query(sql("insert into counters values ('kept', 1)")));
    await expect(
      databases.worker.transaction(async (tx) => {
        await tx.query(sql("insert into counters values ('lost', 1)"));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await databases.worker.query(sql('select name from counters'))).toEqual([{ name: 'kept' }]);
  });

  it('does not call a transaction committed whose failed statement was overlooked', async () => {
    const overlooking = databases.worker.transaction(async (tx) => {
      await tx.query(sql("insert into counters values ('overlooked', 1)"));
      await tx.query(sql('select nonsense')).catch(() => []);
    });
    await expect(overlooking).rejects.toThrow(/rolled back/);
  });

  it('leaves no tenant behind on a connection after a failed read', async () => {
    await expect(databases.reader.readAs(account, sql('select 1 / 0'))).rejects.toThrow(/division by zero/);
    await expect(databases.reader.readAs(account, sql('select $1::int', 'x'))).rejects.toThrow(/invalid input/);
    await expect(databases.reader.readAs({ kind: 'account', accountId: "x', true); --" }, sql('select 1'))).rejects.toThrow(/not a UUID/);
    const seen = await Promise.all(
      Array.from({ length: 20 }, () =>
        databases.reader.readAs(
          { kind: 'organization', organizationId: account.accountId },
          sql("select current_setting('stockproof.account', true) as account"),
        ),
      ),
    );
    expect(new Set(seen.map(([row]) => row?.['account']))).toEqual(new Set(['']));
  });

  /** Cuts all connections but its own, as a server that restarts does, as soon as the probe finds a row. */
  const cutAll = async (once: string): Promise<void> => {
    const admin = new Client({ connectionString: postgres.url });
    await admin.connect();
    const others = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
    const deadline = Date.now() + 5_000;
    while ((await admin.query(`select 1 ${others} and ${once}`)).rows.length === 0 && Date.now() < deadline);
    await admin.query(`select pg_terminate_backend(pid) ${others}`);
    await admin.end();
  };
  /** A connection that waits in the pool may not have heard yet that it was cut: what it is given first fails. */
  const answersAgain = async (): Promise<readonly object[]> => {
    const deadline = Date.now() + 5_000;
    for (;;)
      try {
        return await databases.worker.query(sql('select 1 as one'));
      } catch (error) {
        if (!isTransient(error) || Date.now() > deadline) throw error;
      }
  };
  const sleeps = sql('select pg_sleep(30)');
  const isAsleep = "query like '%pg_sleep(30)%'";

  it.each([
    ['a statement', () => databases.worker.query(sleeps)],
    ['a transaction that works', () => databases.worker.transaction((tx) => tx.query(sleeps))],
    ['a read of a tenant', () => databases.reader.readAs(account, sleeps)],
  ])('goes on by itself after its connections were cut beneath %s, and knows that error for a passing one', async (_, work) => {
    const cut = work().catch((error: unknown) => error);
    await cutAll(isAsleep);
    expect(isTransient(await cut)).toBe(true);
    expect(await answersAgain()).toEqual([{ one: 1 }]);
  });

  it('lives on after its connection was cut within a transaction that was not asking anything', async () => {
    const cut = databases.worker.transaction(async (tx) => {
      await tx.query(sql('select 1'));
      await cutAll("state = 'idle in transaction'");
      // Long enough to hear of the end.
      await databases.writer.query(sql('select pg_sleep(0.2)')).catch(() => []);
      await databases.writer.query(sql('select pg_sleep(0.2)'));
      await tx.query(sql('select 1'));
    });
    expect(isTransient(await cut.catch((error: unknown) => error))).toBe(true);
    expect(await answersAgain()).toEqual([{ one: 1 }]);
  });
});
