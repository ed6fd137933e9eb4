import { Readable } from 'node:stream';
import type { StockMovement } from './stock-movements.requests';

type Cell = string | number | null;

const figures = ['total', 'unsellable', 'allocated', 'held', 'incoming', 'available'] as const;

const columns: readonly (readonly [name: string, value: (row: StockMovement) => Cell])[] = [
  ['position', (row) => row.position],
  ['recorded_at', (row) => row.recordedAt],
  ['effective_at', (row) => row.effectiveAt],
  ['sku', (row) => row.sku],
  ['warehouse_id', (row) => row.warehouseId],
  ['cause', (row) => row.cause],
  ['reason', (row) => row.reason],
  ['note', (row) => row.note],
  ['reference', (row) => row.reference],
  ['order_id', (row) => row.orderId],
  ['actor', (row) => row.actor],
  ...(['total', 'unsellable', 'allocated', 'held', 'incoming'] as const).map((name) => [name, (row: StockMovement) => row[name]] as const),
  ...figures.map((name) => [`${name}_before`, (row: StockMovement) => row.before[name]] as const),
  ...figures.map((name) => [`${name}_after`, (row: StockMovement) => row.after[name]] as const),
  ['event_id', (row) => row.eventId],
];

/** Spreadsheets run what begins like a formula; behind an apostrophe it is text to them. */
const formula = /^[=+\-@\t\r]/;

const cellOf = (value: Cell): string => {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const lineOf = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** How rows become a file: what stands first, and each row. */
export const movementFiles = {
  csv: {
    mediaType: 'text/csv; charset=utf-8; header=present',
    begin: lineOf(columns.map(([name]) => name)),
    row: (row: StockMovement): string => lineOf(columns.map(([, value]) => value(row))),
  },
  jsonl: { mediaType: 'application/x-ndjson', begin: '', row: (row: StockMovement): string => `${JSON.stringify(row)}\n` },
} as const;

/**
 * A file that is read while it is sent, a page at a time: whoever takes it slowly slows the reading, and who goes away ends it. What
 * fails in between breaks the connection off, so that no half file passes for a whole one.
 */
export const streamOf = (
  { begin, row }: (typeof movementFiles)[keyof typeof movementFiles],
  pages: AsyncIterable<readonly StockMovement[]>,
): Readable => {
  const chunks = async function* (): AsyncGenerator<string> {
    if (begin !== '') yield begin;
    for await (const page of pages) yield page.map(row).join('');
  };
  return Readable.from(chunks(), { objectMode: true, highWaterMark: 1 });
};
