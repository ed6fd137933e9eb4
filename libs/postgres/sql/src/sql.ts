/** One SQL statement with its parameters (`$1` …). */
export type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** Rows come back with `bigint` as number (all ours stay below 2^53), `timestamptz` as ISO text in UTC, `json` parsed. */
export type Queryable = { readonly query: <Row extends object = Record<string, unknown>>(statement: Statement) => Promise<readonly Row[]> };

export type Database = Queryable & {
  /** Commits when `work` resolves, rolls back when it rejects. Read committed. */
  readonly transaction: <T>(work: (tx: Queryable) => Promise<T>) => Promise<T>;
};

/** Whose rows a read may see. Row-level security holds it to that whatever the statement says. */
export type Tenant =
  { readonly kind: 'account'; readonly accountId: string } | { readonly kind: 'organization'; readonly organizationId: string };

/** Reads as the reader role: the tenant is set for the transaction, in one round trip. */
export type TenantReader = {
  readonly readAs: <Row extends object = Record<string, unknown>>(tenant: Tenant, statement: Statement) => Promise<readonly Row[]>;
};

/** A service's doors to Postgres, one per role. */
export type ServiceDatabases = {
  /** Commands: append and read the own log, idempotency rows. */
  readonly writer: Database;
  /** Projections, consumers, jobs; never behind HTTP. */
  readonly worker: Database;
  /** HTTP reads. */
  readonly reader: TenantReader;
};

export const sql = (text: string, ...values: readonly unknown[]): Statement => ({ text, values });
