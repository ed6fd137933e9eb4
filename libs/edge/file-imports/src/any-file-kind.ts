import type { FileFault, FileKind, ImportedFor, RowOutcome } from './file-kind';

/** What a file says, ready to be taken from any row on. */
export type ReadFile =
  | {
      readonly outcome: 'read';
      readonly rows: number;
      readonly faults: readonly FileFault[];
      readonly apply: (from: number, until: number, imported: ImportedFor) => Promise<readonly RowOutcome[]>;
    }
  | { readonly outcome: 'unreadable'; readonly code: string; readonly message: string };

/** A kind of file, whatever its rows are. */
export type AnyFileKind = Omit<FileKind<unknown>, 'parse' | 'apply'> & { readonly read: (text: string) => ReadFile };

/** A kind of file as the module takes it, beside kinds with other rows. */
export const fileKind = <Item>({ parse, apply, ...kind }: FileKind<Item>): AnyFileKind => ({
  ...kind,
  read: (text) => {
    const parsed = parse(text);
    if (parsed.outcome === 'unreadable') return parsed;
    const { rows, faults } = parsed;
    return { outcome: 'read', rows: rows.length, faults, apply: (from, until, imported) => apply(rows.slice(from, until), imported) };
  },
});
