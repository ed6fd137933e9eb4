import { cpus, release, totalmem, type } from 'node:os';
import { Client } from 'pg';

/** On what it was measured: figures mean nothing without it. */
export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  readonly postgresSettings: Record<string, string>;
  /** One commit of one row by one client, the median of 200: what the disk adds to everything. */
  readonly commitMs: number;
};

const telling = ['shared_buffers', 'synchronous_commit', 'fsync', 'wal_level', 'wal_sync_method', 'max_connections', 'jit'];

/** Looks at this machine and at the server that is measured. */
export const machineOf = async (url: string): Promise<Machine> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `select name, current_setting(name) as setting from pg_settings where name = any($1)`,
      [telling],
    );
    const version = await client.query<{ server_version: string }>('show server_version');
    return {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release()}`,
      node: process.version,
      postgres: version.rows[0]?.server_version ?? 'unknown',
      postgresSettings: Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
      commitMs: await commitMs(client),
    };
  } finally {
    await client.end();
  }
};

const commitMs = async (client: Client): Promise<number> => {
  await client.query('create table if not exists commits (at int)');
  const times: number[] = [];
  for (let at = 0; at < 200; at++) {
    const asked = performance.now();
    await client.query('insert into commits values ($1)', [at]);
    times.push(performance.now() - asked);
  }
  await client.query('drop table commits');
  return times.sort((a, b) => a - b)[100] ?? Number.NaN;
};
