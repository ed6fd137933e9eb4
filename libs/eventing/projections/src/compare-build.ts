import { sql, type Queryable } from '@stockproof/sql';
import type { Projection } from './projection';
import { schemasOf, type ViewSchemas } from './view-table';

/** A table of a view as it serves and as it was built anew. */
export type TableCompared = {
  readonly table: string;
  /** `null`: there is none. */
  readonly serving: number | null;
  readonly built: number | null;
  /** `null`: not to be compared, see `because`. */
  readonly equal: boolean | null;
  readonly because: string | null;
};

/** A pause of the view that serves; what takes longer is not compared. */
const comparedWithinMs = 10_000;
const tooLate = '57014';

const tables = `
  select c.relname as name, n.nspname as schema,
         (select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attname)
            from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as shape
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and (n.nspname || '/table ' || quote_ident(c.relname)) = any($1)`;

type Table = { readonly name: string; readonly schema: string; readonly shape: string };

/**
 * Compares all rows of a build with those of the view that serves, at the same place in the log, whatever their order. Within the
 * transaction of `beforeSwitch`, in which neither moves.
 */
export const compareBuild = async (tx: Queryable, service: string, { name, version }: Projection): Promise<readonly TableCompared[]> => {
  const schemas = schemasOf(service);
  const relations = await tx.query<{ building: boolean; relations: readonly string[] }>(
    sql(`select building, relations from "${schemas.derived}".projection_checkpoints where view = $1 and version = $2`, name, version),
  );
  const named = relations.flatMap((row) => row.relations.map((each) => `${row.building ? schemas.building : schemas.derived}/${each}`));
  const found = await tx.query<Table>(sql(tables, named));
  const compared: TableCompared[] = [];
  for (const table of [...new Set(found.map((each) => each.name))].sort())
    compared.push(
      await compareTable(
        tx,
        schemas,
        found.filter((each) => each.name === table),
      ),
    );
  return compared;
};

const compareTable = async (tx: Queryable, { building, derived }: ViewSchemas, both: readonly Table[]): Promise<TableCompared> => {
  const table = both[0]?.name ?? '';
  const [serving, built] = [both.find(({ schema }) => schema === derived), both.find(({ schema }) => schema === building)];
  const none = { table, serving: null, built: null, equal: null };
  if (!serving || !built) return { ...none, because: serving ? 'the build does not have it' : 'only the build has it' };
  if (serving.shape !== built.shape) return { ...none, because: 'its columns have changed' };
  await tx.query(sql('savepoint comparing'));
  try {
    await tx.query(sql(`set local statement_timeout = ${comparedWithinMs}`));
    const columns = shapeColumns(serving.shape);
    const [of, to] = [await sumOf(tx, derived, table, columns), await sumOf(tx, building, table, columns)];
    await tx.query(sql('release savepoint comparing'));
    await tx.query(sql('set local statement_timeout = 0'));
    return { table, serving: of.rows, built: to.rows, equal: of.rows === to.rows && of.sum === to.sum, because: null };
  } catch (error) {
    if ((error as { code?: unknown }).code !== tooLate) throw error;
    await tx.query(sql('rollback to savepoint comparing'));
    return { ...none, because: `it has too many rows to be compared within ${comparedWithinMs / 1_000} s` };
  }
};

const shapeColumns = (shape: string): string =>
  shape
    .split(', ')
    .map((column) => `"${column.slice(0, column.indexOf(' '))}"`)
    .join(', ');

type Sum = { readonly rows: number; readonly sum: string };

/** Of all rows, whatever their order; two hashes, so that differences do not cancel each other out by chance. */
const sumOf = async (tx: Queryable, schema: string, table: string, columns: string): Promise<Sum> => {
  const [found] = await tx.query<Sum>(
    sql(
      `select count(*) as rows, concat(sum(hashtextextended(told::text, 0)::numeric), ' ', sum(hashtextextended(told::text, 1)::numeric)) as sum
         from (select row(${columns}) as told from "${schema}"."${table}") as compared`,
    ),
  );
  return found ?? { rows: 0, sum: '' };
};
