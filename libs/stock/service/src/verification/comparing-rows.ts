import { createHash } from 'node:crypto';
import type { JsonObject } from '@stockproof/decider';
import type { Finding } from '@stockproof/stock-domain';

/** A row of a view as plain values; moments as ISO text, documents parsed. */
export type Row = { readonly [column: string]: unknown };

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
};

/** The same for the same values, in whatever order a document's members stand. */
export const rowHash = (row: Row): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(row)))
    .digest('hex');

/** Whose rows are compared: what a finding about them says. */
export type RowsOf = Pick<Finding, 'sku' | 'orderId'> & {
  readonly view: string;
  /** The place in the log at which both sides stand. */
  readonly at: string;
};

/** How many rows of one view of one subject are named; what is wrong with a thousand is wrong with all. */
const rowsNamed = 20;

/** Rows of a view against rows made from the log, by their hashes: each that differs, is missing or is too many is a finding. */
export const comparedRows = (of: RowsOf, expected: ReadonlyMap<string, Row>, found: ReadonlyMap<string, Row>): readonly Finding[] => {
  const names = [...new Set([...expected.keys(), ...found.keys()])];
  return names.flatMap((name) => differing(of, name, expected.get(name) ?? null, found.get(name) ?? null) ?? []).slice(0, rowsNamed);
};

const differing = (of: RowsOf, name: string, expected: Row | null, found: Row | null): Finding | null => {
  const hashes = { expected: expected && rowHash(expected), found: found && rowHash(found) };
  if (hashes.expected === hashes.found) return null;
  const columns = [...new Set([...Object.keys(expected ?? {}), ...Object.keys(found ?? {})])].filter(
    (column) => rowHash({ value: expected?.[column] }) !== rowHash({ value: found?.[column] }),
  );
  const parts = (row: Row | null): Row | null => row && Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
  const evidence = { view: of.view, row: name, at: of.at, hashes, expected: parts(expected), found: parts(found) };
  return {
    kind: 'view-unlike-log',
    about: `${of.view} ${name}`,
    sku: of.sku,
    warehouseId: textOf(expected ?? found, 'warehouse_id'),
    orderId: of.orderId,
    attempt: numberOf(expected ?? found, 'attempt'),
    says: `The row ${name} of ${of.view} ${sayingOf(expected, found, columns)}`,
    evidence: evidence as JsonObject,
    repair: 'rewrite-rows',
  };
};

const sayingOf = (expected: Row | null, found: Row | null, columns: readonly string[]): string => {
  if (found === null) return 'is missing';
  if (expected === null) return 'is of nothing that happened';
  return `is not what the log says: ${columns.join(', ')}`;
};

const textOf = (row: Row | null, column: string): string | null => (typeof row?.[column] === 'string' ? row[column] : null);
const numberOf = (row: Row | null, column: string): number | null => (typeof row?.[column] === 'number' ? row[column] : null);
