import { spawnSync } from 'node:child_process';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { readOperations } from './api-document';
import { inParallel } from './asking';
import type { Installation } from './installation';
import { pathOf, type KnownValues } from './samples';

/** Where each word was found: a column, an operation, a file, or what a process has printed. */
export type Found = Readonly<Record<string, readonly string[]>>;

/** A word of small letters and digits, found nowhere else in the world. */
export const newWord = (name: string): string => `qz${name}${randomBytes(8).toString('hex')}`;

type Look = (where: string, text: string) => void;

/** Base64 of a text that has a few bytes of something else before it and behind it: what of it is always the same. */
const insideBase64 = (word: string, before: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(word)]);
  return bytes.toString('base64url').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
};

/**
 * How a word may lie in a text. It is of letters, digits, `_`, `-` and `.` only, so that neither JSON nor a URL writes it in another way,
 * and both kinds of base64 in the same.
 */
const formsOf = (word: string): readonly string[] => [
  word,
  ...[0, 1, 2].map((before) => insideBase64(word, before)),
  Buffer.from(word).toString('hex'),
];

const words = /[\w+/=-]{24,}/g;

/** The text, and what lies in it as hexadecimal digits or as base64, packed or not. */
const readingsOf = (text: string): readonly string[] => [
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
  for (const [where, text] of told) for (const reading of readingsOf(text)) look(where, reading);
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
const lookAtFiles = (folder: string, look: Look): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    if (existsSync(file)) look(`file ${entry.name}`, readFileSync(file, 'latin1'));
  }
};

const commandOf = (processId: string): string => {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'latin1');
  } catch {
    return ''; // gone in the meantime
  }
};

/** What every user of the machine may read of the processes on it: the words that they were started with. */
const wordsOfProcesses = (): string =>
  process.platform === 'linux'
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(commandOf)
        .join('\n')
    : spawnSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'latin1' }).stdout;

/** What may be read without a word about who asks: the API's description, health, metrics. */
const lookAtPublicPages = async (base: string, look: Look): Promise<void> => {
  const admin = `http://127.0.0.1:${Number(new URL(base).port) + 6}`;
  for (const page of [`${base}/openapi.json`, `${base}/docs/`, `${admin}/livez`, `${admin}/readyz`, `${admin}/metrics`])
    look(new URL(page).pathname.replaceAll('/', ''), await (await fetch(page)).text());
};

/** Everything that can be read over HTTP of what is known by these ids, feeds among it. */
const lookOverHttp = async (base: string, readers: readonly Reader[], look: Look): Promise<void> => {
  const operations = (await readOperations(base)).filter(({ method }) => method === 'GET');
  const questions = readers.flatMap(({ token, about }) =>
    about.flatMap((known) => operations.map((operation) => ({ token, known, operation }))),
  );
  await inParallel(questions, 8, async ({ token, known, operation }) => {
    const response = await fetch(base + pathOf(operation, known), { headers: { authorization: `Bearer ${token}` } });
    look(operation.id, JSON.stringify([...response.headers]) + (await response.text()));
  });
};

/** Who reads over HTTP, and each set of ids that they ask for. */
export type Reader = { readonly token: string; readonly about: readonly KnownValues[] };

export type Searched = {
  readonly installation: Installation;
  readonly wanted: readonly string[];
  /** What processes have printed, by their names. */
  readonly printed: Readonly<Record<string, string>>;
  /** What was answered before, by what it was asked with. */
  readonly answered?: Readonly<Record<string, string>>;
  /** None: HTTP is not asked. */
  readonly readers?: readonly Reader[];
};

const masterKeyOf = ({ environment, dataDir }: Installation): Buffer =>
  Buffer.from(environment['STOCKPROOF_KEY'] ?? readFileSync(join(dataDir, 'key'), 'utf8').trim(), 'hex');

/** Looks for these words everywhere in an installation that runs, in each form that they may have. */
export const search = async ({ installation, wanted, printed, answered = {}, readers = [] }: Searched): Promise<Found> => {
  const found = new Map(wanted.map((word) => [word, new Set<string>()]));
  const wordOf = new Map(wanted.flatMap((word) => formsOf(word).map((form) => [form, word] as const)));
  // One look at each text for all of them: files are many, and large.
  const anyForm = new RegExp([...wordOf.keys()].map((form) => form.replaceAll('.', '\\.')).join('|'), 'g');
  const look: Look = (where, text) => {
    for (const [form] of text.matchAll(anyForm)) found.get(wordOf.get(form) ?? '')?.add(where);
  };
  await lookAtDatabase(installation.databaseUrl(), masterKeyOf(installation), look);
  for (const folder of new Set([installation.dataDir, installation.serverFolder()])) lookAtFiles(folder, look);
  look('words of a process', wordsOfProcesses());
  for (const [name, text] of Object.entries(printed)) look(`printed by ${name}`, text);
  for (const [name, text] of Object.entries(answered)) look(`answer to ${name}`, text);
  if (readers.length > 0) {
    await lookAtPublicPages(installation.base, look);
    await lookOverHttp(installation.base, readers, look);
  }
  return Object.fromEntries([...found].map(([word, places]) => [word, [...places].sort()]));
};
