export type { FileFault, FileKind, FileRow, ImportedFor, ParsedFile, RowOutcome } from './file-kind';
