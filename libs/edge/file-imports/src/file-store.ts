import type { JsonObject } from '@stockproof/decider';
import type { Sealed } from '@stockproof/personal-data';
import { sql, type Database, type Queryable } from '@stockproof/sql';
import type { AccountId, Instant } from '@stockproof/vocabulary';
import type { RowOutcome } from './file-kind';

/** A file as it was received. */
export type ReceivedFile = {
  readonly accountId: AccountId;
  readonly organizationId: string;
  readonly fileId: string;
  readonly kind: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  readonly actor: string;
  readonly bytes: number;
  readonly content: Sealed;
  readonly receivedAt: Instant;
};

/** How far an import is. `failed`: it was no such file, and nothing was taken. */
export type ImportStatus = {
  readonly fileId: string;
  readonly kind: string;
  readonly name: string;
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  readonly done: number;
  readonly of: number | null;
  readonly taken: number;
  readonly skipped: number;
  readonly refused: number;
  readonly error: string | null;
  readonly receivedAt: Instant;
  readonly endedAt: Instant | null;
};

export type FileToTake = Omit<ReceivedFile, 'content'> & {
  readonly content: Sealed | null;
  readonly done: number;
  readonly sums: JsonObject;
};

const statusColumns = `file_id as "fileId", kind, name, status, done, "of", taken, skipped, refused, error, received_at as "receivedAt", ended_at as "endedAt"`;

/** What requests do with files. */
export const receivedFiles = (database: Queryable) => ({
  /** The same file again changes nothing. */
  receive: async (file: ReceivedFile): Promise<void> => {
    const { accountId, organizationId, fileId, kind, name, options, actor, bytes, content, receivedAt } = file;
    await database.query(
      sql(
        `insert into file_imports (account_id, file_id, organization_id, kind, name, options, actor, bytes, content, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
        ...[accountId, fileId, organizationId, kind, name, JSON.stringify(options), actor, bytes, JSON.stringify(content), receivedAt],
      ),
    );
  },
  status: async (accountId: AccountId, fileId: string): Promise<ImportStatus | null> => {
    const rows = await database.query<ImportStatus>(
      sql(`select ${statusColumns} from file_imports where account_id = $1 and file_id = $2`, accountId, fileId),
    );
    return rows[0] ?? null;
  },
  /** The newest first. */
  list: (accountId: AccountId, after: { readonly receivedAt: Instant; readonly fileId: string } | null, limit: number) =>
    database.query<ImportStatus>(
      sql(
        `select ${statusColumns} from file_imports
          where account_id = $1 and ($2::timestamptz is null or received_at < $2 or (received_at = $2 and file_id > $3::uuid))
          order by received_at desc, file_id limit $4`,
        ...[accountId, after?.receivedAt ?? null, after?.fileId ?? null, limit],
      ),
    ),
  rows: (accountId: AccountId, fileId: string, after: number, limit: number) =>
    database.query<RowOutcome>(
      sql(
        'select row, outcome, code, message from file_import_rows where account_id = $1 and file_id = $2 and row > $3 order by row limit $4',
        ...[accountId, fileId, after, limit],
      ),
    ),
});

export type ReceivedFiles = ReturnType<typeof receivedFiles>;

const insertRows = `
  insert into file_import_rows (account_id, file_id, row, outcome, code, message)
  select $1, $2, u.* from unnest($3::integer[], $4::text[], $5::text[], $6::text[]) u on conflict do nothing`;

const notTaken = (accountId: AccountId, fileId: string, outcomes: readonly RowOutcome[]) => {
  const rows = outcomes.filter(({ outcome, code }) => outcome === 'refused' || (outcome === 'skipped' && code !== null));
  return sql(
    insertRows,
    accountId,
    fileId,
    rows.map(({ row }) => row),
    rows.map(({ outcome }) => outcome),
    rows.map(({ code }) => code),
    rows.map(({ message }) => message),
  );
};

const countOf = (outcomes: readonly RowOutcome[], wanted: RowOutcome['outcome']): number =>
  outcomes.filter(({ outcome }) => outcome === wanted).length;

type Named = { readonly accountId: AccountId; readonly fileId: string };

/** What workers do with files. */
export const filesToTake = (database: Database) => ({
  /** `null`: it has ended, or was never there. */
  next: async ({ accountId, fileId }: Named): Promise<FileToTake | null> => {
    const rows = await database.query<FileToTake>(
      sql(
        `select account_id as "accountId", organization_id as "organizationId", file_id as "fileId", kind, name, options, actor, bytes, content, received_at as "receivedAt", done, sums
           from file_imports where account_id = $1 and file_id = $2 and ended_at is null`,
        accountId,
        fileId,
      ),
    );
    return rows[0] ?? null;
  },
  /** So many more rows were dealt with; told together with what became of them. Throws where somebody else has told it already. */
  advance: (
    { accountId, fileId }: Named,
    {
      from,
      outcomes,
      of,
      sums,
    }: { readonly from: number; readonly outcomes: readonly RowOutcome[]; readonly of: number; readonly sums: JsonObject },
  ): Promise<void> =>
    database.transaction(async (tx) => {
      const moved = await tx.query(
        sql(
          `update file_imports set status = 'running', done = done + $3, "of" = $4, taken = taken + $5, skipped = skipped + $6, refused = refused + $7, sums = $9
            where account_id = $1 and file_id = $2 and done = $8 and ended_at is null returning 1`,
          ...[accountId, fileId, outcomes.length, of],
          ...[countOf(outcomes, 'taken'), countOf(outcomes, 'skipped'), countOf(outcomes, 'refused'), from, JSON.stringify(sums)],
        ),
      );
      if (moved.length === 0) throw new Error(`The file ${fileId} is taken by somebody else.`);
      await tx.query(notTaken(accountId, fileId, outcomes));
    }),
  end: async ({ accountId, fileId }: Named, error: string | null, at: Instant): Promise<void> => {
    await database.query(
      sql(
        `update file_imports set status = case when $3::text is null then 'done' else 'failed' end, error = $3, ended_at = $4, content = null
          where account_id = $1 and file_id = $2`,
        ...[accountId, fileId, error, at],
      ),
    );
  },
});

export type FilesToTake = ReturnType<typeof filesToTake>;
