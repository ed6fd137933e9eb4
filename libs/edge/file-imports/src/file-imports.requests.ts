import { ApiProperty } from '@nestjs/swagger';

export class ImportCounts {
  @ApiProperty({ type: 'integer' }) readonly taken!: number;
  @ApiProperty({ type: 'integer', description: 'Said nothing new' }) readonly skipped!: number;
  @ApiProperty({ type: 'integer' }) readonly refused!: number;
}

export class ImportProgress {
  @ApiProperty({ type: 'integer' }) readonly done!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'null until the file has been read' }) readonly of!: number | null;
}

/** How far a file has been taken. */
export class FileImport {
  @ApiProperty({ format: 'uuid', description: 'The same file, sent again in the same way, has the same id' }) readonly fileId!: string;
  @ApiProperty() readonly kind!: string;
  @ApiProperty() readonly name!: string;
  @ApiProperty({ enum: ['waiting', 'running', 'done', 'failed'], description: 'failed: it was no such file, nothing was taken' })
  readonly status!: string;
  @ApiProperty({ type: ImportProgress }) readonly progress!: ImportProgress;
  @ApiProperty({ type: ImportCounts }) readonly counts!: ImportCounts;
  @ApiProperty({ type: String, nullable: true, description: 'Why it failed' }) readonly error!: string | null;
  @ApiProperty({ format: 'date-time' }) readonly receivedAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly endedAt!: string | null;
}

/** A row that was not simply taken. */
export class FileImportRow {
  @ApiProperty({ type: 'integer', description: 'The line of the file where it begins, or its place in a list, from 1' })
  readonly row!: number;
  @ApiProperty({ enum: ['skipped', 'refused'] }) readonly outcome!: string;
  @ApiProperty({ type: String, nullable: true, example: 'unknown-sku' }) readonly code!: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly message!: string | null;
}
