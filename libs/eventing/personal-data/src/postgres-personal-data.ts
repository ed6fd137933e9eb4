import { join } from 'node:path';
import { gathered, sql, type Database, type Queryable } from '@stockproof/sql';
import type { Clock, Instant } from '@stockproof/vocabulary';
import { personalDataWith, type PersonalDataWithLedger } from './personal-data-with';
import type { Erasure, SubjectKeys } from './subject-keys';

/** Folder with the SQL migrations of `personal_keys` and `erasure_ledger`, run in the source schema. */
export const personalDataMigrations = join(__dirname, '..', 'migrations');

type KeyRow = { readonly subject_id: string; readonly wrapped_key: Buffer };

/** Who creates a key (`keep_personal_keys`) and who forgets the person take turns: a key created beside the erasure would outlive it. */
const lockSubjects = async (tx: Queryable, subjectIds: readonly string[]): Promise<void> => {
  await tx.query(
    sql(
      `select pg_advisory_xact_lock(hashtextextended('personal_keys/' || id, 0)) from (select distinct id from unnest($1::text[]) as t(id) order by id) as ids`,
      [...subjectIds],
    ),
  );
};

const find = async (db: Queryable, subjectIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>> => {
  const rows = await db.query<KeyRow>(
    sql('select subject_id, wrapped_key from personal_keys where subject_id = any($1::uuid[])', [...subjectIds]),
  );
  return new Map(rows.map((row) => [row.subject_id, row.wrapped_key]));
};

type NewKey = { readonly subjectId: string; readonly wrappedKey: Buffer; readonly at: Instant };

const keep = async (db: Queryable, keys: readonly NewKey[]): Promise<readonly (Buffer | null)[]> => {
  const rows = await db.query<{ subject: string; kept: Buffer }>(
    sql(
      'select subject, kept from keep_personal_keys($1::uuid[], $2::bytea[], $3::timestamptz[])',
      keys.map(({ subjectId }) => subjectId),
      keys.map(({ wrappedKey }) => wrappedKey),
      keys.map(({ at }) => at),
    ),
  );
  const kept = new Map(rows.map((row) => [row.subject, row.kept]));
  return keys.map(({ subjectId }) => kept.get(subjectId) ?? null);
};

/** Keys of one statement; each is a few hundred bytes. */
const keysAtOnce = 200;

const forget = async (tx: Queryable, erasures: readonly Erasure[]): Promise<void> => {
  const subjectIds = erasures.map(({ subjectId }) => subjectId);
  await lockSubjects(tx, subjectIds);
  await tx.query(
    sql(
      `insert into erasure_ledger (subject_id, forgotten_at)
       select * from unnest($1::uuid[], $2::timestamptz[]) on conflict (subject_id) do nothing`,
      subjectIds,
      erasures.map(({ forgottenAt }) => forgottenAt),
    ),
  );
  await tx.query(sql('delete from personal_keys where subject_id = any($1::uuid[])', subjectIds));
};

const erasures = async (db: Queryable): Promise<readonly Erasure[]> => {
  const rows = await db.query<{ subject_id: string; forgotten_at: string }>(
    sql('select subject_id, forgotten_at from erasure_ledger order by forgotten_at, subject_id'),
  );
  return rows.map((row) => ({ subjectId: row.subject_id, forgottenAt: new Date(row.forgotten_at).toISOString() }));
};

const postgresSubjectKeys = (database: Database): SubjectKeys => {
  const keeping = gathered<NewKey, Buffer | null>({ run: (keys) => keep(database, keys), fits: () => keysAtOnce, repeatable: true });
  return {
    find: (subjectIds) => find(database, subjectIds),
    findOrCreate: (subjectId, wrappedKey, at) => keeping.add({ subjectId, wrappedKey, at }),
    forget: (entries) => database.transaction((tx) => forget(tx, entries)),
    erasures: () => erasures(database),
  };
};

/** The keys and the ledger without the master key: for whoever counts and forgets, and opens nothing. */
export const erasureLedger = (database: Database): Pick<SubjectKeys, 'find' | 'forget' | 'erasures'> => postgresSubjectKeys(database);

/**
 * Keys per person in Postgres, each wrapped by the installation's master key (32 bytes). Whoever has the ciphertext needs the key
 * row and the master key. Old copies of a deleted row live on in Postgres' files until vacuum, and in backups of this table: keep
 * those shorter than other backups.
 */
export const postgresPersonalData = (options: {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly clock: Clock;
}): PersonalDataWithLedger => {
  if (options.masterKey.length !== 32) throw new Error('The master key must be 32 bytes');
  return personalDataWith(postgresSubjectKeys(options.database), options.masterKey, options.clock);
};
