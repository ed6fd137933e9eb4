import type { FileFault, FileRow, ParsedFile } from '@stockproof/file-imports';
import { isStorableText, parseInstant } from '@stockproof/vocabulary';
import { parse } from 'csv-parse/sync';

/** What consecutive rows of one number say together. */
export type PurchaseOrderRow = {
  readonly number: string;
  readonly supplier: { readonly code: string; readonly name: string };
  readonly warehouseCode: string;
  readonly expectedAt: string | null;
  readonly lines: readonly OrderedRow[];
};
type OrderedRow = { readonly sku: string; readonly quantity: number; readonly lot: string | null; readonly serial: string | null };

const needed = ['number', 'supplier code', 'warehouse code', 'sku', 'quantity'] as const;
const linesLimit = 1_000;

type Cells = Readonly<Record<string, string | undefined>>;
type Row = { readonly record: Cells; readonly info: { readonly lines: number } };

/** One row per line of an order; consecutive rows of one number are one order, which is refused as a whole where one of them is wrong. */
export const parsePurchaseOrders = (text: string): ParsedFile<PurchaseOrderRow> => {
  const table = tableOf(text);
  if ('outcome' in table) return table;
  const faults: FileFault[] = [];
  const rows: FileRow<PurchaseOrderRow>[] = [];
  for (const group of grouped(table.records)) {
    const wrong = [...group.flatMap(faultsOf), ...tooMany(group)];
    if (wrong.length === 0) rows.push(orderOf(group));
    else faults.push(...wrong);
  }
  return { outcome: 'read', rows, faults };
};

type Unreadable = Extract<ParsedFile<never>, { readonly outcome: 'unreadable' }>;

const tableOf = (text: string): { readonly records: readonly Row[] } | Unreadable => {
  let records: readonly Row[];
  try {
    records = parse(text, { bom: true, columns: headed, info: true, trim: true, skip_empty_lines: true }) as unknown[] as Row[];
  } catch (error) {
    return { outcome: 'unreadable', code: 'not-csv', message: error instanceof Error ? error.message : String(error) };
  }
  const [first] = records;
  const missing = first === undefined ? [] : needed.filter((name) => first.record[name] === undefined);
  if (missing.length === 0) return { records };
  return { outcome: 'unreadable', code: 'columns-missing', message: `columns missing: ${missing.join(', ')}` };
};

const tooMany = ([first, ...rest]: Group): readonly FileFault[] =>
  rest.length < linesLimit ? [] : [{ row: first.info.lines, code: 'too-many-lines', message: `at most ${linesLimit} lines an order` }];

const headed = (header: readonly string[]): string[] => header.map((name) => name.trim().toLowerCase().replaceAll(/[_-]/g, ' '));

const grouped = (records: readonly Row[]): readonly Group[] => {
  const groups: [Row, ...Row[]][] = [];
  for (const each of records) {
    const last = groups.at(-1);
    if (last?.[0].record['number'] === each.record['number']) last?.push(each);
    else groups.push([each]);
  }
  return groups;
};

type Group = readonly [Row, ...Row[]];

const faultsOf = ({ record, info: { lines: row } }: Row): readonly FileFault[] => {
  const quantity = Number(record['quantity']);
  const long = Object.entries(record).filter(([, value = '']) => value.length > 200 || !isStorableText(value));
  return [
    ...needed.filter((name) => (record[name] ?? '') === '').map((name) => ({ row, code: 'empty', message: `${name} is empty` })),
    ...long.map(([name]) => ({ row, code: 'text', message: `${name} is longer than 200 characters, or holds some that cannot be stored` })),
    ...(Number.isInteger(quantity) && quantity > 0 && quantity <= 1_000_000_000
      ? []
      : [{ row, code: 'quantity', message: 'quantity must be a whole number above 0' }]),
    ...(expectedIn(record) === undefined
      ? [{ row, code: 'expected-at', message: 'expected at must be a day (2026-03-01) or a moment with a zone' }]
      : []),
  ];
};

/** `undefined`: something stands there that is no time. A day is taken as its beginning in UTC. */
const expectedIn = (record: Cells): string | null | undefined => {
  const said = record['expected at'] ?? '';
  if (said === '') return null;
  return parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(said) ? `${said}T00:00:00Z` : said) ?? undefined;
};

const orderOf = (group: Group): FileRow<PurchaseOrderRow> => {
  const [{ record, info }] = group;
  const code = record['supplier code'] ?? '';
  const item = {
    number: record['number'] ?? '',
    supplier: { code, name: orNull(record['supplier name']) ?? code },
    warehouseCode: record['warehouse code'] ?? '',
    expectedAt: expectedIn(record) ?? null,
    lines: group.map(({ record: { sku = '', quantity, lot, serial } }) => ({
      ...{ sku, quantity: Number(quantity), lot: orNull(lot), serial: orNull(serial) },
    })),
  };
  return { row: info.lines, item };
};

const orNull = (said: string | undefined): string | null => (said === undefined || said === '' ? null : said);
