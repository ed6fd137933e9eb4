import { setImmediate } from 'node:timers/promises';
import type { JsonObject } from '@stockproof/decider';
import type { FileFault, FileKind, FileRow, ImportedFor, RowOutcome, StreamedFileKind } from './file-kind';
import type { Text } from './sealed-content';

/** Rows that are taken together. */
export type Part = {
  readonly rows: number;
  readonly apply: (imported: ImportedFor) => Promise<readonly RowOutcome[]>;
  /** What is kept of the file so far, once these rows became what they did. */
  readonly summed: (sums: JsonObject, outcomes: readonly RowOutcome[], imported: ImportedFor) => JsonObject;
};

/** What a file says, ready to be taken from any row on. */
export type ReadFile =
  | { readonly outcome: 'read'; readonly rows: number; readonly parts: (done: number) => AsyncIterable<Part> }
  | { readonly outcome: 'unreadable'; readonly code: string; readonly message: string };

/** A kind of file, whatever its rows are and however it is read. */
export type AnyFileKind = Omit<FileKind<unknown>, 'parse' | 'apply' | 'atOnce'> & {
  readonly limitBytes?: number;
  readonly read: (text: Text) => Promise<ReadFile>;
  readonly finish: (imported: ImportedFor, sums: JsonObject) => Promise<void>;
};

/** A kind of file as the module takes it, beside kinds with other rows. Read whole: rows in their order, then what could not be read. */
export const fileKind = <Item>({ parse, apply, atOnce, ...kind }: FileKind<Item>): AnyFileKind => ({
  ...kind,
  finish: async () => undefined,
  read: async (text) => {
    let whole = '';
    for await (const piece of text()) whole += piece;
    const parsed = parse(whole);
    if (parsed.outcome === 'unreadable') return parsed;
    const { rows, faults } = parsed;
    return {
      outcome: 'read',
      rows: rows.length + faults.length,
      parts: async function* (done) {
        for (let from = done; from < rows.length; from += atOnce) {
          const together = rows.slice(from, from + atOnce);
          yield { rows: together.length, apply: (imported) => apply(together, imported), summed: (sums) => sums };
        }
        // They are told all at once: either none of them is, or the file has been dealt with.
        if (faults.length > 0 && done < rows.length + faults.length)
          yield { rows: faults.length, apply: async () => faults.map(refusedFault), summed: (sums) => sums };
      },
    };
  },
});

/** A kind of file that is never in memory whole: gone through once to see that it is one, and again to take it. */
export const streamedFileKind = <Item>({ rowsOf, apply, atOnce, sum, ...kind }: StreamedFileKind<Item>): AnyFileKind => ({
  ...kind,
  read: async (text) => {
    let rows = 0;
    for await (const row of inTurns(rowsOf(text()))) {
      if ('unreadable' in row) return { outcome: 'unreadable', ...row.unreadable };
      rows += 1;
    }
    return {
      outcome: 'read',
      rows,
      parts: async function* (done) {
        let skip = done;
        let together: (FileRow<Item> | FileFault)[] = [];
        const part = (each: readonly (FileRow<Item> | FileFault)[]): Part => ({
          rows: each.length,
          apply: (imported) => applyInOrder(each, (items) => apply(items, imported)),
          summed: (sums, outcomes, imported) => sum(sums, each.filter(isRow), outcomes, imported),
        });
        for await (const row of inTurns(rowsOf(text()))) {
          if ('unreadable' in row) throw new Error('A file that could be read is no longer one.');
          if (skip > 0) skip -= 1;
          else together.push(row);
          if (together.length < atOnce) continue;
          yield part(together);
          together = [];
        }
        if (together.length > 0) yield part(together);
      },
    };
  },
});

/** Reading goes faster than anything else gets its turn: after so many rows others go first. */
const rowsInATurn = 500;

async function* inTurns<Row>(rows: AsyncIterable<Row>): AsyncIterable<Row> {
  let read = 0;
  for await (const row of rows) {
    if (++read % rowsInATurn === 0) await setImmediate();
    yield row;
  }
}

const isRow = <Item>(row: FileRow<Item> | FileFault): row is FileRow<Item> => 'item' in row;

/** Faults stand among the rows where the file has them. */
const applyInOrder = async <Item>(
  rows: readonly (FileRow<Item> | FileFault)[],
  apply: (rows: readonly FileRow<Item>[]) => Promise<readonly RowOutcome[]>,
): Promise<readonly RowOutcome[]> => {
  const items = rows.filter(isRow);
  const became = new Map((items.length === 0 ? [] : await apply(items)).map((outcome) => [outcome.row, outcome]));
  return rows.flatMap((row) => (isRow(row) ? (became.get(row.row) ?? []) : [refusedFault(row)]));
};

const refusedFault = ({ row, code, message }: FileFault): RowOutcome => ({ row, outcome: 'refused', code, message });
