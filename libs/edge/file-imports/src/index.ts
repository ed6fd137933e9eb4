export { csvRecords, type CsvRecord, type CsvRow } from './csv-records';
export type { FileFault, FileKind, FileRow, ImportedFor, ParsedFile, RowOutcome } from './file-kind';
export { FileImportsModule, type FileImportsOptions } from './file-imports.module';
export { fileImportsMigrations } from './migrations';
export { fileKind, type AnyFileKind } from './any-file-kind';
