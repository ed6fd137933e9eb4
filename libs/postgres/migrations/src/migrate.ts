import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { RunnableMigration, Umzug } from 'umzug';
import { applyBaseline } from './baseline';
import { MigrationError } from './migration-error';

/** A folder with `.sql` files, run in the order of their names. Its name distinguishes its files from those of other folders. */
export type MigrationFolder = { readonly name: string; readonly dir: string };

export type MigrateOptions = {
  /** A user who may create roles, or for whom they were made. */
  readonly url: string;
  readonly service: string;
  /** Run in this order. A plain path is the service's own folder. */
  readonly folders: readonly (string | MigrationFolder)[];
  readonly log?: (message: string) => void;
};

/** One lock for all services of a database: they share the user, and their roles are made by the same statements. */
const lockKey = 5_370_281_443_019;

/**
 * Makes roles, schemas and grants of a service and runs the SQL files that have not run yet, each in a transaction of its own with
 * the note that it ran, as the schema's owner. Any number of processes may call it at once. Answers the files run now.
 */
export const migrate = async ({
  url,
  service,
  folders,
  log = () => undefined,
}: MigrateOptions): Promise<{ readonly applied: readonly string[] }> => {
  const client = new Client({ connectionString: url, application_name: `stockproof ${service} migrations` });
  // A connection that breaks is told by the statement that needs it; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await applyBaseline(client, service);
    await client.query(`set role ${service}_owner; set search_path to ${service}, ${service}_views`);
    const files = folders.flatMap((folder) => sqlFiles(typeof folder === 'string' ? { name: service, dir: folder } : folder));
    await checkUnchanged(client, files);
    const applied = await (await runnerOf(client, files)).up();
    applied.forEach(({ name }) => log(`migrated ${service}: ${name}`));
    return { applied: applied.map(({ name }) => name) };
  } finally {
    await client.end(); // gives the lock back
  }
};

type SqlFile = { readonly name: string; readonly text: string; readonly checksum: string };

const sqlFiles = ({ name, dir }: MigrationFolder): readonly SqlFile[] =>
  readdirSync(dir)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(dir, file), 'utf8');
      return { name: `${name}/${file}`, text, checksum: createHash('sha256').update(text).digest('hex') };
    });

/** Loaded here: a tenth of what a process loads at its start, and most processes migrate nothing. */
const runnerOf = async (client: Client, files: readonly SqlFile[]): Promise<Umzug> => {
  const { Umzug } = await import('umzug');
  return new Umzug({
    migrations: files.map((file): RunnableMigration<object> => ({ name: file.name, up: () => run(client, file) })),
    storage: {
      executed: async () =>
        (await client.query<{ name: string }>('select name from migrations order by applied_at, name')).rows.map(({ name }) => name),
      // Noted by `run` in the file's own transaction: a crash in between would run the file twice.
      logMigration: async () => undefined,
      unlogMigration: async () => undefined,
    },
    logger: undefined,
  });
};

const run = async (client: Client, { name, text, checksum }: SqlFile): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    // A connection that broke has taken everything back already.
    await client.query('rollback').catch(() => undefined);
    throw new MigrationError(`The migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

const checkUnchanged = async (client: Client, files: readonly SqlFile[]): Promise<void> => {
  const twice = files.find((file, index) => files.findIndex(({ name }) => name === file.name) !== index);
  if (twice) throw new MigrationError(`Two migrations have the name ${twice.name}: give their folders names.`);
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from migrations');
  const ran = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const changed = files.find((file) => ran.has(file.name) && ran.get(file.name) !== file.checksum);
  if (changed)
    throw new MigrationError(
      `The migration ${changed.name} was changed after it ran here. Put its old text back and add a new file; data that are not needed can be moved away instead.`,
    );
};
