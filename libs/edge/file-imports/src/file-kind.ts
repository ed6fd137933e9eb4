import type { CommandContext } from '@stockproof/command-handling';
import type { Permission } from '@stockproof/access';
import type { JsonObject } from '@stockproof/decider';
import type { AccountId, Instant } from '@stockproof/vocabulary';

/** One thing that a file says, with where it stands: the number of its first line, from 1, the header included, or of its place in a list. */
export type FileRow<Item> = { readonly row: number; readonly item: Item };

/** A place in the file that cannot be read; the rest of the file is taken all the same. */
export type FileFault = { readonly row: number; readonly code: string; readonly message: string };

/** What a whole file says, in its order. `unreadable`: it is no such file at all, and nothing is taken. */
export type ParsedFile<Item> =
  | { readonly outcome: 'read'; readonly rows: readonly FileRow<Item>[]; readonly faults: readonly FileFault[] }
  | { readonly outcome: 'unreadable'; readonly code: string; readonly message: string };

/** What became of one row. `skipped`: it was there already, or says nothing new; `code` says which, and without one it is only counted. */
export type RowOutcome = {
  readonly row: number;
  readonly outcome: 'taken' | 'skipped' | 'refused';
  readonly code: string | null;
  readonly message: string | null;
};

/** For whom a file is taken, and what was said beside it when it was sent. */
export type ImportedFor = {
  readonly accountId: AccountId;
  readonly organizationId: string;
  /** Who sent the file. */
  readonly actor: string;
  readonly fileId: string;
  readonly receivedAt: Instant;
  readonly options: Readonly<Record<string, string>>;
  /** The context of the command that a row leads to: the same row of the same file has the same command id in every run. */
  readonly contextOf: (row: number, ...step: readonly string[]) => CommandContext;
};

/** `instant`: a moment with its zone, handed over as an `Instant`. */
export type OptionFormat = 'uuid' | 'text' | 'instant';

/**
 * A kind of file that a service takes. Rows are handed over in the order of the file, `atOnce` at a time; after a crash the last
 * ones are handed over again, so applying a row twice must change nothing.
 */
export type FileKind<Item> = {
  /** As it stands in the path. */
  readonly name: string;
  readonly summary: string;
  readonly mediaTypes: readonly string[];
  readonly permission: Permission;
  /** Query parameters that may or must be given with it, with their descriptions. */
  readonly options: Readonly<Record<string, { readonly description: string; readonly required: boolean; readonly format: OptionFormat }>>;
  readonly atOnce: number;
  /** The largest file; default 64 MiB. */
  readonly limitBytes?: number;
  readonly parse: (text: string) => ParsedFile<Item>;
  readonly apply: (rows: readonly FileRow<Item>[], imported: ImportedFor) => Promise<readonly RowOutcome[]>;
};

/** Said instead of a row: this is no such file. */
export type Unreadable = { readonly unreadable: { readonly code: string; readonly message: string } };

/** A kind of file with so many rows that it is read piece by piece. */
export type StreamedFileKind<Item> = Omit<FileKind<Item>, 'parse'> & {
  /** Rows and faults in their order; ends with `Unreadable` where the text is no such file. The same text has the same rows. */
  readonly rowsOf: (text: AsyncIterable<string>) => AsyncIterable<FileRow<Item> | FileFault | Unreadable>;
  /** What is kept of the file from part to part, also over a crash: small, and the same for the same rows. */
  readonly sum: (sums: JsonObject, rows: readonly FileRow<Item>[], outcomes: readonly RowOutcome[], imported: ImportedFor) => JsonObject;
  /** Once all rows are dealt with, with what was kept; after a crash perhaps again. */
  readonly finish: (imported: ImportedFor, sums: JsonObject) => Promise<void>;
};
