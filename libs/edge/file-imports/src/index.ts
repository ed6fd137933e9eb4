export { csvRecords, type CsvRecord, type CsvRow } from './csv-records';
export { csvRows } from './csv-rows';
export type { FileFault, FileKind, FileRow, ImportedFor, ParsedFile, RowOutcome, StreamedFileKind, Unreadable } from './file-kind';
export { FileImportsModule, type FileImportsOptions } from './file-imports.module';
export { fileImportsMigrations } from './migrations';
export { fileKind, streamedFileKind, type AnyFileKind } from './any-file-kind';
