import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { sql, type Tenant } from '@stockproof/sql';
import { migrate } from './migrate';

const accountA = '0190a000-0000-7000-8000-00000000000a';
const accountB = '0190a000-0000-7000-8000-00000000000b';
const organization = '0190a000-0000-7000-8000-0000000000c0';
const as = (accountId: string): Tenant => ({ kind: 'account', accountId });

const folderWith = (files: Record<string, string>): string => {
  const dir = mkdtempSync(join(tmpdir(), 'migrations-'));
  mkdirSync(dir, { recursive: true });
  Object.entries(files).forEach(([name, text]) => writeFileSync(join(dir, name), text));
  return dir;
};

const secrets = folderWith({
  '001-secrets.sql': 'create table secrets (id int primary key); insert into secrets values (1); grant select on secrets to sales_writer;',
  '002-more.sql': 'alter table secrets add column text text;',
});

const ordersDdl = `
  create table sales_views.orders_v1 (account_id uuid not null, organization_id uuid not null, number text not null, primary key (account_id, number));
  select sales_views.tenant_table('sales_views.orders_v1')`;

describe('a migrated service', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;

  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'sales', folders: [secrets] });
    databases = openDatabases({ url: postgres.url, service: 'sales', log: { warn: () => undefined } });
    for (const statement of ordersDdl.split(';')) await databases.owner.query(sql(statement));
    await databases.worker.query(
      sql('insert into orders_v1 values ($1, $3, $4), ($2, $3, $5)', accountA, accountB, organization, 'A-1', 'B-1'),
    );
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });

  it('shows a reader the rows of its account, though the statement asks for all', async () => {
    expect(await databases.reader.readAs(as(accountA), sql('select number from orders_v1'))).toEqual([{ number: 'A-1' }]);
    expect(await databases.reader.readAs(as(accountB), sql('select number from orders_v1'))).toEqual([{ number: 'B-1' }]);
    expect(await databases.reader.readAs(as(accountA), sql('select number from orders_v1 where account_id = $1', accountB))).toEqual([]);
  });

  it('shows the lists of an organization to who reads as the organization', async () => {
    expect(
      await databases.reader.readAs(
        { kind: 'organization', organizationId: organization },
        sql('select number from orders_v1 order by number'),
      ),
    ).toEqual([{ number: 'A-1' }, { number: 'B-1' }]);
    expect(await databases.reader.readAs({ kind: 'organization', organizationId: accountA }, sql('select number from orders_v1'))).toEqual(
      [],
    );
  });

  it('keeps many readers at once apart', async () => {
    const reads = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? accountA : accountB));
    const seen = await Promise.all(reads.map((account) => databases.reader.readAs(as(account), sql('select account_id from orders_v1'))));
    expect(seen.map((rows) => rows.map((row) => row['account_id']))).toEqual(reads.map((account) => [account]));
  });

  it('gives the reader nothing of the source schema and no way to write', async () => {
    await expect(databases.reader.readAs(as(accountA), sql('select * from sales.secrets'))).rejects.toThrow(
      /permission denied for schema sales/,
    );
    await expect(databases.reader.readAs(as(accountA), sql("insert into orders_v1 values ($1, $1, 'x')", accountA))).rejects.toThrow(
      /permission denied|read-only/,
    );
    await expect(databases.reader.readAs(as(accountA), sql('drop table orders_v1'))).rejects.toThrow();
  });

  it('shows nothing where the tenant was not set', async () => {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('set role sales_reader');
    expect((await client.query('select * from sales_views.orders_v1')).rows).toEqual([]);
    await client.end();
  });

  it('holds the policies against who owns the table', async () => {
    const [table] = await databases.owner.query<{ forced: boolean }>(
      sql("select relforcerowsecurity and relrowsecurity as forced from pg_class where oid = 'sales_views.orders_v1'::regclass"),
    );
    expect(table).toEqual({ forced: true });
  });

  it('lets the writer do what migrations granted and nothing else', async () => {
    expect(await databases.writer.query(sql('select id from secrets'))).toEqual([{ id: 1 }]);
    await expect(databases.writer.query(sql('delete from secrets'))).rejects.toThrow(/permission denied/);
    await expect(databases.writer.query(sql('create table mine (id int)'))).rejects.toThrow(/permission denied/);
  });

  it('lets the worker write rows of both schemas', async () => {
    await databases.worker.query(sql("update secrets set text = 'seen'"));
    expect(await databases.worker.query(sql('select text from secrets'))).toEqual([{ text: 'seen' }]);
    await expect(databases.worker.query(sql('drop table secrets'))).rejects.toThrow(/must be owner/);
  });
});

describe('migrate', () => {
  let postgres: TestPostgres;
  beforeEach(async () => void (postgres = await testPostgres()));
  afterEach(() => postgres.stop());

  it('runs each file once, however many processes start at the same time', async () => {
    const runs = await Promise.all(
      ['sales', 'stock', 'sales', 'tenancy', 'sales'].map((service) =>
        migrate({ url: postgres.url, service, folders: [folderWith({ '001-one.sql': 'create table one (id int);' })] }),
      ),
    );
    expect(runs.flatMap(({ applied }) => applied).sort()).toEqual(['sales/001-one.sql', 'stock/001-one.sql', 'tenancy/001-one.sql']);
    expect((await migrate({ url: postgres.url, service: 'sales', folders: [] })).applied).toEqual([]);
  });

  it('makes the roles of a new server in several databases at once', async () => {
    const service = `fresh_${'abcdefghijklmnopqrst'[process.pid % 20]}`;
    const others = await Promise.all([testPostgres(), testPostgres(), testPostgres()]);
    await Promise.all(others.map(({ url }) => migrate({ url, service, folders: [] })));
    await Promise.all(others.map(({ stop }) => stop()));
  });

  it('takes a failing file back whole, names it, and runs it when it is mended', async () => {
    const failing = folderWith({ '001-half.sql': 'create table half (id int); select nonsense;' });
    await expect(migrate({ url: postgres.url, service: 'sales', folders: [failing] })).rejects.toThrow(
      /sales\/001-half\.sql failed: column "nonsense"/,
    );
    const { applied } = await migrate({
      url: postgres.url,
      service: 'sales',
      folders: [folderWith({ '001-half.sql': 'create table half (id int);' })],
    });
    expect(applied).toEqual(['sales/001-half.sql']);
  });

  it('fails as a whole where its connection is cut, and goes on when it is called again', async () => {
    const slow = folderWith({ '001-slow.sql': 'create table slow (id int); select pg_sleep(30);' });
    const cut = migrate({ url: postgres.url, service: 'sales', folders: [slow] }).catch((error: unknown) => error);
    const admin = new Client({ connectionString: postgres.url });
    await admin.connect();
    const it = `datname = current_database() and query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`;
    const deadline = Date.now() + 5_000;
    while (
      (await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${it}`)).rows.length === 0 &&
      Date.now() < deadline
    );
    await admin.end();
    expect(String(await cut)).toMatch(/001-slow\.sql .*failed/);
    const mended = folderWith({ '001-slow.sql': 'create table slow (id int);' });
    expect((await migrate({ url: postgres.url, service: 'sales', folders: [mended] })).applied).toEqual(['sales/001-slow.sql']);
  });

  it('refuses a file that was changed after it ran', async () => {
    await migrate({ url: postgres.url, service: 'sales', folders: [secrets] });
    const changed = folderWith({ '001-secrets.sql': 'create table secrets (id bigint);' });
    await expect(migrate({ url: postgres.url, service: 'sales', folders: [changed] })).rejects.toThrow(
      /001-secrets\.sql was changed after it ran/,
    );
  });

  it('says what an administrator must do where the user may not create roles', async () => {
    const name = `limited_${process.pid}`;
    const admin = new Client({ connectionString: postgres.url });
    await admin.connect();
    await admin.query(`create role ${name} login password 'limited'`);
    const url = new URL(postgres.url);
    url.username = name;
    url.password = 'limited';
    await expect(migrate({ url: url.href, service: 'sales', folders: [] })).rejects.toThrow(
      /may not create roles.*create role sales_owner nologin; grant sales_owner to "limited_/,
    );
    await admin.query(`drop role ${name}`);
    await admin.end();
  });
});
