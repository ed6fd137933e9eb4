import { findingKinds, type Finding, type FindingKind } from '@stockproof/stock-domain';
import { sql, type Database, type Queryable } from '@stockproof/sql';
import type { AccountId, Instant } from '@stockproof/vocabulary';
import { v7 } from 'uuid';
import type { Subject } from './subjects';

/** A finding as it is kept. */
export type FindingRow = Finding & {
  readonly findingId: string;
  readonly subjectKind: Subject['kind'];
  readonly subjectKey: string;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly healedAt: Instant | null;
  readonly repairOutcome: string | null;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedBecause: string | null;
};

/** Writes down what was found of a subject just now; what was found before and is no more has healed. */
export const keepFindings = (
  database: Database,
  { accountId, kind, key }: Subject,
  findings: readonly Finding[],
  now: Instant,
): Promise<void> =>
  database.transaction(async (tx) => {
    const abouts = findings.map(({ about }) => about);
    await tx.query(
      sql(
        `update verification_findings set healed_at = $4
          where account_id = $1 and subject_kind = $2 and subject_key = $3 and healed_at is null and about <> all($5::text[])`,
        ...[accountId, kind, key, now, abouts],
      ),
    );
    for (const { about, says, evidence, repair, ...found } of findings)
      await tx.query(
        sql(
          `insert into verification_findings as f
             (account_id, finding_id, subject_kind, subject_key, kind, about, sku, warehouse_id, order_id, attempt, says, evidence, repair, first_seen, last_seen)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
           on conflict (account_id, subject_kind, subject_key, about) where healed_at is null
             do update set last_seen = excluded.last_seen, says = excluded.says, evidence = excluded.evidence, repair = excluded.repair`,
          ...[accountId, v7(), kind, key, found.kind, about, found.sku, found.warehouseId, found.orderId, found.attempt],
          ...[says, JSON.stringify(evidence), repair, now],
        ),
      );
  });

const columns = `finding_id as "findingId", subject_kind as "subjectKind", subject_key as "subjectKey", kind, about, sku, warehouse_id as "warehouseId",
  order_id as "orderId", attempt, says, evidence, repair, first_seen as "firstSeen", last_seen as "lastSeen", healed_at as "healedAt",
  repair_outcome as "repairOutcome", acknowledged_at as "acknowledgedAt", acknowledged_by as "acknowledgedBy", acknowledged_because as "acknowledgedBecause"`;

export type FindingPlace = { readonly firstSeen: Instant; readonly findingId: string };
export type FindingFilter = { readonly kind: FindingKind | null; readonly open: boolean | null; readonly acknowledged?: boolean | null };

/** Findings of an account, the newest first; one more than asked. */
export const readFindings = (
  database: Queryable,
  accountId: AccountId,
  { kind, open, acknowledged = null }: FindingFilter,
  { after, limit }: { readonly after: FindingPlace | null; readonly limit: number },
): Promise<readonly FindingRow[]> =>
  database.query<FindingRow>(
    sql(
      `select ${columns} from verification_findings
        where account_id = $1 and ($2::text is null or kind = $2) and ($3::boolean is null or (healed_at is null) = $3)
          and ($4::boolean is null or (acknowledged_at is not null) = $4)
          and ($5::timestamptz is null or (first_seen, finding_id) < ($5, $6::uuid))
        order by first_seen desc, finding_id desc limit $7`,
      ...[accountId, kind, open, acknowledged, after?.firstSeen ?? null, after?.findingId ?? null, limit + 1],
    ),
  );

/** One finding; `null` where the account has none of this id. */
export const readFinding = async (database: Queryable, accountId: AccountId, findingId: string): Promise<FindingRow | null> => {
  const rows = await database.query<FindingRow>(
    sql(`select ${columns} from verification_findings where account_id = $1 and finding_id = $2`, accountId, findingId),
  );
  return rows[0] ?? null;
};

/** What came of a repair. */
export const noteRepair = async (database: Queryable, accountId: AccountId, findingId: string, outcome: string): Promise<void> => {
  await database.query(
    sql('update verification_findings set repair_outcome = $3 where account_id = $1 and finding_id = $2', accountId, findingId, outcome),
  );
};

/** Who looked at it first, and what they said of it. */
export const noteAcknowledged = async (
  database: Queryable,
  accountId: AccountId,
  findingId: string,
  { at, by, reason }: { readonly at: Instant; readonly by: string; readonly reason: string },
): Promise<void> => {
  await database.query(
    sql(
      `update verification_findings set acknowledged_at = $3, acknowledged_by = $4, acknowledged_because = $5
        where account_id = $1 and finding_id = $2 and acknowledged_at is null`,
      ...[accountId, findingId, at, by, reason],
    ),
  );
};

/** How many findings of each kind are open and nobody has looked at, over all accounts. */
export const countOpenFindings = async (database: Queryable): Promise<ReadonlyMap<FindingKind, number>> => {
  const rows = await database.query<{ kind: FindingKind; count: number }>(
    sql('select kind, count(*) as count from verification_findings where healed_at is null and acknowledged_at is null group by kind'),
  );
  return new Map([...findingKinds.map((kind) => [kind, 0] as const), ...rows.map(({ kind, count }) => [kind, count] as const)]);
};
