import { Client } from 'pg';

/** What a service keeps for itself, as it stood at a moment: its source schema and nothing else, as a dump of that schema would be. */
export type Backup = {
  /** Puts the schema back as it was. `but`: tables that stay as they are, such as a log that lies elsewhere. Nobody may be at work. */
  readonly restore: (options?: { readonly but?: readonly string[] }) => Promise<void>;
};

const inDatabase = async <T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read');
    const done = await work(client);
    await client.query('commit');
    return done;
  } finally {
    await client.end();
  }
};

const tablesOf = async (client: Client, schema: string): Promise<readonly string[]> =>
  (
    await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = $1 and table_type = 'BASE TABLE' order by 1",
      [schema],
    )
  ).rows.map(({ name }) => name);

/** Copies a service's source schema as it stands now, in one snapshot, beside a running product. */
export const backUp = async (databaseUrl: () => string, service: string, name: string): Promise<Backup> => {
  const kept = `backup_${service}_${name}`;
  await inDatabase(databaseUrl(), async (client) => {
    await client.query(`create schema ${kept}`);
    for (const table of await tablesOf(client, service)) await client.query(`create table ${kept}.${table} as table ${service}.${table}`);
  });
  return {
    restore: ({ but = [] } = {}) =>
      inDatabase(databaseUrl(), async (client) => {
        // As a restore does: rows come in any order, and references hold in the end.
        await client.query('set local session_replication_role = replica');
        const tables = (await tablesOf(client, kept)).filter((table) => !but.includes(table));
        await client.query(`truncate ${tables.map((table) => `${service}.${table}`).join(', ')}`);
        for (const table of tables)
          await client.query(`insert into ${service}.${table} overriding system value select * from ${kept}.${table}`);
      }),
  };
};
