import type { Client } from 'pg';

/** What one service asked of Postgres under one statement. */
export type Asked = { readonly service: string; readonly statement: string; readonly calls: number; readonly ms: number };

export type Statements = {
  /** How it was counted. */
  readonly how: string;
  readonly reset: () => Promise<void>;
  /** Everything since the reset, the most frequent first. */
  readonly asked: () => Promise<readonly Asked[]>;
};

/** `begin` and `commit` count as well; the roles of a service tell whose statement it was. */
const sinceReset = `
  select split_part(r.rolname, '_', 1) as service, regexp_replace(left(s.query, 200), '\\s+', ' ', 'g') as statement,
         sum(s.calls)::int as calls, sum(s.total_exec_time)::float8 as ms
    from pg_stat_statements s join pg_roles r on r.oid = s.userid
   where s.dbid = (select oid from pg_database where datname = current_database()) and r.rolname <> session_user
   group by 1, 2 order by calls desc`;

/** Counts by `pg_stat_statements`, which the bench's own server loads; `null` on a server that does not. */
export const statementsOf = async (client: Client): Promise<Statements | null> => {
  const { rows } = await client.query<{ loaded: string }>(`select current_setting('shared_preload_libraries') as loaded`);
  if (!rows[0]?.loaded.includes('pg_stat_statements')) return null;
  await client.query('create extension if not exists pg_stat_statements');
  await client.query(`do $$ begin execute format('alter database %I set pg_stat_statements.track = ''top''', current_database()); end $$`);
  return {
    how: 'counted by pg_stat_statements, begin and commit included',
    reset: async () => void (await client.query('select pg_stat_statements_reset()')),
    asked: async () => (await client.query<Asked>(sinceReset)).rows,
  };
};
