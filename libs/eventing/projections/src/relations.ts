import { sql, type Queryable } from '@stockproof/sql';

/** What a view's DDL made, each as `table <name>`, `view <name>`, `materialized view <name>` or `function <name>(<arguments>)`. */
export type Relations = readonly string[];

const objects = `
  select case relkind when 'v' then 'view ' when 'm' then 'materialized view ' else 'table ' end || quote_ident(relname) as made
  from pg_class where relnamespace = (select oid from pg_namespace where nspname = $1) and relkind in ('r', 'p', 'v', 'm')
  union all
  select 'function ' || quote_ident(proname) || '(' || pg_get_function_identity_arguments(oid) || ')'
  from pg_proc where pronamespace = (select oid from pg_namespace where nspname = $1) and prokind = 'f'`;

/** Everything of these kinds that a schema holds; nothing where there is no such schema. */
export const relationsIn = async (db: Queryable, schema: string): Promise<ReadonlySet<string>> =>
  new Set((await db.query<{ made: string }>(sql(objects, schema))).map(({ made }) => made));

const split = (relation: string): readonly [kind: string, name: string] => {
  const kind = /^(?:table|view|materialized view|function) /.exec(relation)?.[0] ?? 'table ';
  return [kind, relation.slice(kind.length)];
};

/** Drops what is there of these. */
export const dropRelations = async (owner: Queryable, schema: string, relations: Relations): Promise<void> => {
  for (const [kind, name] of relations.map(split)) await owner.query(sql(`drop ${kind}if exists "${schema}".${name} cascade`));
};

/** Takes the place of whatever stands under these names. Rights, policies and indexes move along. */
export const moveRelations = async (owner: Queryable, from: string, to: string, relations: Relations): Promise<void> => {
  await dropRelations(owner, to, relations);
  for (const [kind, name] of relations.map(split)) await owner.query(sql(`alter ${kind}"${from}".${name} set schema "${to}"`));
};
