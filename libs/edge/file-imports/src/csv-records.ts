import { parse } from 'csv-parse/sync';

export type CsvRecord = Readonly<Record<string, string>>;
export type CsvRow = { readonly row: number; readonly record: CsvRecord };

/** No cell of an order is longer; a quote that never ends would otherwise swallow the file. */
export const maxRecordChars = 200_000;

type Parsed = { readonly record: CsvRecord; readonly info: { readonly lines: number } };

/** Spreadsheets separate by semicolons where the comma is a decimal sign. */
export const delimiterOf = (text: string): string => {
  const header = text.slice(0, maxRecordChars).split('\n', 1)[0] ?? '';
  return header.includes(';') && !header.includes(',') ? ';' : ',';
};

/** Rows by the names in the header, each with the line where it begins; a sentence where it is no CSV with these columns. */
export const csvRecords = (text: string, needed: readonly string[]): readonly CsvRow[] | string => {
  let parsed: readonly Parsed[];
  try {
    const options = {
      columns: true,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxRecordChars,
      delimiter: delimiterOf(text),
    } as const;
    parsed = parse(text, options) as unknown as readonly Parsed[];
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const header = Object.keys(parsed[0]?.record ?? {});
  const missing = needed.filter((column) => !header.includes(column));
  if (missing.length > 0) return parsed.length === 0 ? 'there are no rows' : `columns are missing: ${missing.join(', ')}`;
  // A record may span lines: it begins behind the one before it.
  return parsed.map(({ record }, at) => ({ record, row: (parsed[at - 1]?.info.lines ?? 1) + 1 }));
};
