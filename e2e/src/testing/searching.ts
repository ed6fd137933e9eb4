import { createDecipheriv } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { readOperations } from './api-document';
import type { Installation } from './installation';
import { pathOf, type KnownValues } from './samples';

/** Where each word was found: a column, an operation, a file, or what a process has printed. */
export type Found = Readonly<Record<string, readonly string[]>>;

type Look = (where: string, text: string) => void;

const words = /[\w+/=-]{24,}/g;

/** The text, and what lies in it as hexadecimal digits or as base64, packed or not. */
const formsOf = (text: string): readonly string[] => [
  text,
  ...[...text.matchAll(words)].flatMap(([word]) => {
    const bytes = Buffer.from(word, /^[\da-fx]+$/i.test(word) ? 'hex' : 'base64');
    return [bytes.toString(), ...(bytes[0] === 0x1f && bytes[1] === 0x8b ? [gunzipSync(bytes).toString()] : [])];
  }),
];

const opened = (key: Buffer, sealed: Buffer, boundTo: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(boundTo));
  return Buffer.concat([decipher.setAuthTag(sealed.subarray(12, 28)).update(sealed.subarray(28)), decipher.final()]);
};

/** What somebody could open who has the database and the master key: its text, by the subjects that stand beside it. */
const openerWith = (keys: ReadonlyMap<string, Buffer>) => (text: string) =>
  [...text.matchAll(/spd1\.([\w-]+)/g)].flatMap(([, sealed = '']) =>
    [...keys].flatMap(([subjectId, key]) => {
      if (!text.includes(subjectId)) return [];
      try {
        return [opened(key, Buffer.from(sealed, 'base64url'), `stockproof/personal-data/${subjectId}`).toString()];
      } catch {
        return []; // sealed for another who stands in the same row
      }
    }),
  );

type Table = { readonly schema: string; readonly name: string };

const keysIn = async (client: Client, tables: readonly Table[], masterKey: Buffer): Promise<ReadonlyMap<string, Buffer>> => {
  const keys = new Map<string, Buffer>();
  for (const { schema } of tables.filter(({ name }) => name === 'personal_keys')) {
    const { rows } = await client.query<{ id: string; key: Buffer }>(
      `select subject_id as id, wrapped_key as key from ${schema}.personal_keys`,
    );
    for (const { id, key } of rows) keys.set(id, opened(masterKey, key, `stockproof/personal-key/${id}`));
  }
  return keys;
};

const lookAtTable = async (client: Client, { schema, name }: Table, open: ReturnType<typeof openerWith>, look: Look): Promise<void> => {
  const { rows } = await client.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from "${schema}"."${name}" t`);
  const told = rows.flatMap(({ row }) => [
    ...Object.entries(row).map(([column, value]) => [`${schema}.${name}.${column}`, JSON.stringify(value)] as const),
    ...open(JSON.stringify(row)).map((text) => [`${schema}.${name}, opened`, text] as const),
  ]);
  for (const [where, text] of told) for (const form of formsOf(text)) look(where, form);
};

/** Every column of every table that is neither Postgres's own nor a test's backup, and what is sealed there and can be opened. */
const lookAtDatabase = async (databaseUrl: string, masterKey: Buffer, look: Look): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<Table>(
      `select table_schema as schema, table_name as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') and not starts_with(table_schema, 'backup_')`,
    );
    const open = openerWith(await keysIn(client, tables, masterKey));
    for (const table of tables) await lookAtTable(client, table, open, look);
  } finally {
    await client.end();
  }
};

/** Every file, as it lies on the disk: also those of Postgres, with rows that are dead and what is written ahead. */
const lookAtFiles = (folder: string, wanted: readonly string[], look: Look): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    for (const word of wanted) if (bytes.includes(word)) look(`file ${entry.name}`, word);
  }
};

/** Everything that can be read over HTTP of what is known by these ids, feeds among it, and the metrics. */
const lookOverHttp = async (base: string, token: string, known: KnownValues, look: Look): Promise<void> => {
  for (const operation of await readOperations(base)) {
    if (operation.method !== 'GET') continue;
    const response = await fetch(base + pathOf(operation, known), { headers: { authorization: `Bearer ${token}` } });
    look(operation.id, await response.text());
  }
};

export type Searched = {
  readonly installation: Installation;
  readonly wanted: readonly string[];
  /** What processes have printed, by their names. */
  readonly printed: Readonly<Record<string, string>>;
  /** Who reads over HTTP, and each set of ids that they ask for; none: HTTP is not asked. */
  readonly reading?: { readonly token: string; readonly about: readonly KnownValues[] };
};

/** Looks for these words everywhere in an installation that runs. Words are of letters and digits only, so that no encoding hides them. */
export const search = async ({ installation, wanted, printed, reading }: Searched): Promise<Found> => {
  const found = new Map(wanted.map((word) => [word, new Set<string>()]));
  const look: Look = (where, text) => {
    for (const [word, places] of found) if (text.includes(word)) places.add(where);
  };
  const masterKey = Buffer.from(readFileSync(join(installation.dataDir, 'key'), 'utf8').trim(), 'hex');
  await lookAtDatabase(installation.databaseUrl(), masterKey, look);
  for (const folder of new Set([installation.dataDir, installation.serverFolder()])) lookAtFiles(folder, wanted, look);
  for (const [name, text] of Object.entries(printed)) look(`printed by ${name}`, text);
  if (reading !== undefined) {
    const port = Number(new URL(installation.base).port) + 6;
    look('metrics', await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
    for (const known of reading.about) await lookOverHttp(installation.base, reading.token, known, look);
  }
  return Object.fromEntries([...found].map(([word, places]) => [word, [...places].sort()]));
};
