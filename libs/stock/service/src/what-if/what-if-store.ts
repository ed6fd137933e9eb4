import { sql, type Database, type Queryable } from '@stockproof/sql';
import type { OrderDifference, RuleChanges, SideCounts, SimulatedLevel } from '@stockproof/stock-domain';
import type { AccountId, Instant } from '@stockproof/vocabulary';

/** Of a period, from `from` until before `to`. */
export type PeriodQuestion = { readonly from: Instant; readonly to: Instant; readonly changes: RuleChanges };

/** What came of it, in numbers. `listed`: so many of the differences are kept one by one. */
export type PeriodCounts = {
  readonly orders: number;
  readonly different: number;
  readonly listed: number;
  readonly recorded: SideCounts;
  readonly whatIf: SideCounts;
  readonly levelsDifferent: number;
};

export type PeriodWhatIfRow = {
  readonly whatIfId: string;
  readonly asked: PeriodQuestion;
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  readonly done: number;
  readonly of: number | null;
  readonly result: PeriodCounts | null;
  readonly error: string | null;
  readonly askedAt: Instant;
  readonly endedAt: Instant | null;
};

type Named = { readonly accountId: AccountId; readonly whatIfId: string };
type RowKind = 'order' | 'level';
type Rows = { readonly order: readonly OrderDifference[]; readonly level: readonly SimulatedLevel[] };

/** So many answers are kept for an account; the oldest go first. */
const keptPerAccount = 20;
const rowsAtOnce = 5_000;

const columns = `what_if_id as "whatIfId", asked, status, done, "of", result, error, asked_at as "askedAt", ended_at as "endedAt"`;

/** What requests do with questions about a period. */
export const askedWhatIfs = (database: Queryable) => ({
  /** The same question under the same id is one. */
  ask: async ({ accountId, whatIfId }: Named, asked: PeriodQuestion, at: Instant): Promise<void> => {
    await database.query(
      sql(
        'insert into what_ifs (account_id, what_if_id, asked, asked_at) values ($1, $2, $3, $4) on conflict do nothing',
        ...[accountId, whatIfId, JSON.stringify(asked), at],
      ),
    );
  },
  one: async ({ accountId, whatIfId }: Named): Promise<PeriodWhatIfRow | null> => {
    const rows = await database.query<PeriodWhatIfRow>(
      sql(`select ${columns} from what_ifs where account_id = $1 and what_if_id = $2`, accountId, whatIfId),
    );
    return rows[0] ?? null;
  },
  /** The newest first. */
  list: (accountId: AccountId, after: { readonly askedAt: Instant; readonly whatIfId: string } | null, limit: number) =>
    database.query<PeriodWhatIfRow>(
      sql(
        `select ${columns} from what_ifs
          where account_id = $1 and ($2::timestamptz is null or asked_at < $2 or (asked_at = $2 and what_if_id > $3::uuid))
          order by asked_at desc, what_if_id limit $4`,
        ...[accountId, after?.askedAt ?? null, after?.whatIfId ?? null, limit],
      ),
    ),
  rows: <Kind extends RowKind>({ accountId, whatIfId }: Named, kind: Kind, after: number, limit: number) =>
    database.query<{ readonly row: number; readonly data: Rows[Kind][number] }>(
      sql(
        'select row, data from what_if_rows where account_id = $1 and what_if_id = $2 and kind = $3 and row > $4 order by row limit $5',
        ...[accountId, whatIfId, kind, after, limit],
      ),
    ),
});
export type AskedWhatIfs = ReturnType<typeof askedWhatIfs>;

/** What workers do with them. */
export const whatIfsToAnswer = (database: Database) => ({
  /** Asked and not answered yet, of all accounts. */
  open: () =>
    database.query<Named>(
      sql(`select account_id as "accountId", what_if_id as "whatIfId" from what_ifs where ended_at is null limit 1000`),
    ),
  /** `null`: it has ended, or was never there. */
  next: async ({ accountId, whatIfId }: Named): Promise<PeriodQuestion | null> => {
    const rows = await database.query<{ asked: PeriodQuestion }>(
      sql('select asked from what_ifs where account_id = $1 and what_if_id = $2 and ended_at is null', accountId, whatIfId),
    );
    return rows[0]?.asked ?? null;
  },
  advance: async ({ accountId, whatIfId }: Named, done: number, of: number): Promise<void> => {
    await database.query(
      sql(
        `update what_ifs set status = 'running', done = $3, "of" = $4 where account_id = $1 and what_if_id = $2 and ended_at is null`,
        ...[accountId, whatIfId, done, of],
      ),
    );
  },
  fail: async ({ accountId, whatIfId }: Named, error: string, at: Instant): Promise<void> => {
    await database.query(
      sql(
        `update what_ifs set status = 'failed', error = $3, ended_at = $4 where account_id = $1 and what_if_id = $2 and ended_at is null`,
        ...[accountId, whatIfId, error, at],
      ),
    );
  },
  /** All of the answer or nothing; one that was written already stays. */
  answer: ({ accountId, whatIfId }: Named, result: PeriodCounts, rows: Rows, at: Instant): Promise<void> =>
    database.transaction(async (tx) => {
      const ended = await tx.query(
        sql(
          `update what_ifs set status = 'done', done = coalesce("of", done), result = $3, ended_at = $4
            where account_id = $1 and what_if_id = $2 and ended_at is null returning 1`,
          ...[accountId, whatIfId, JSON.stringify(result), at],
        ),
      );
      if (ended.length === 0) return;
      for (const kind of ['order', 'level'] as const) {
        for (let from = 0; from < rows[kind].length; from += rowsAtOnce)
          await tx.query(insertOf({ accountId, whatIfId }, kind, rows[kind].slice(from, from + rowsAtOnce), from));
      }
      await tx.query(
        sql(
          `delete from what_ifs where account_id = $1 and ended_at is not null and what_if_id not in
            (select what_if_id from what_ifs where account_id = $1 order by asked_at desc, what_if_id limit $2)`,
          ...[accountId, keptPerAccount],
        ),
      );
    }),
});
export type WhatIfsToAnswer = ReturnType<typeof whatIfsToAnswer>;

const insertOf = ({ accountId, whatIfId }: Named, kind: RowKind, rows: readonly object[], from: number) =>
  sql(
    `insert into what_if_rows (account_id, what_if_id, kind, row, data)
     select $1, $2, $3, $4::integer + u.place, u.data from unnest($5::jsonb[]) with ordinality u(data, place)`,
    ...[accountId, whatIfId, kind, from],
    rows.map((row) => JSON.stringify(row)),
  );
