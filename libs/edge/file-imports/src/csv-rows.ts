import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { delimiterOf, maxRecordChars, type CsvRow } from './csv-records';

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/**
 * Rows of a CSV of any length, one after the other, as `csvRecords` reads a short one: by the names in the header, each with the line
 * where it begins. A sentence, and then no more, where it is no CSV with these columns.
 */
export async function* csvRows(text: AsyncIterable<string>, needed: readonly string[]): AsyncIterable<CsvRow | string> {
  const [first, all] = await withFirst(text);
  const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: maxRecordChars } as const;
  const records = Readable.from(all).pipe(parse({ ...options, delimiter: delimiterOf(first) })) as AsyncIterable<Parsed>;
  try {
    yield* named(records, needed);
  } catch (error) {
    yield error instanceof Error ? error.message : String(error);
  }
}

async function* named(records: AsyncIterable<Parsed>, needed: readonly string[]): AsyncIterable<CsvRow | string> {
  let header: readonly string[] | null = null;
  let [begins, rows] = [1, 0];
  for await (const { record, info } of records) {
    if (header !== null) yield { row: begins, record: byName(header, record) };
    rows += header === null ? 0 : 1;
    header ??= record;
    // A record may span lines: it begins behind the one before it.
    begins = info.lines + 1;
    const missing = needed.filter((column) => header?.includes(column) !== true);
    if (missing.length > 0) return yield `columns are missing: ${missing.join(', ')}`;
  }
  if (rows === 0) yield 'there are no rows';
}

const byName = (header: readonly string[], record: readonly string[]): CsvRow['record'] =>
  Object.fromEntries(record.flatMap((cell, index) => (header[index] === undefined ? [] : [[header[index], cell]])));

/** The first piece, and all of them. */
const withFirst = async (text: AsyncIterable<string>): Promise<readonly [string, AsyncIterable<string>]> => {
  const pieces = text[Symbol.asyncIterator]();
  const first = await pieces.next();
  const said = first.done === true ? '' : first.value;
  return [
    said,
    (async function* () {
      yield said;
      for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
    })(),
  ];
};
