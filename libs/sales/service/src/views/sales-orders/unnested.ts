import { sql, type Statement } from '@stockproof/sql';

/** A column of a batch: its name, its type, and its value in a row. */
export type Column<Row> = readonly [name: string, type: string, value: (row: Row) => unknown];

/** One statement for many rows: the columns travel as arrays and stand in the statement as the table `u`. */
export const unnested = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], statement: (u: string) => string): Statement => {
  const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
  const names = columns.map(([name]) => name).join(', ');
  return sql(statement(`unnest(${arrays}) u(${names})`), ...columns.map(([, , value]) => rows.map(value)));
};
