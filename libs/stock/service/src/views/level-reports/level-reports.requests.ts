import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, ListQuery } from '@stockproof/http-problems';

/** Which reports to list. */
export class LevelReportsQuery extends ListQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IfPresent()
  @IsId()
  readonly warehouseId?: string;
}

/** What a warehouse said it had, and how much of it was news. */
export class RecordedLevelReport {
  @ApiProperty({ format: 'uuid' })
  readonly reportId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ description: 'Who said so: a channel, or a person' })
  readonly source!: string;
  @ApiProperty({ enum: ['on-hand', 'available'] })
  readonly meaning!: string;
  @ApiProperty({ format: 'date-time' })
  readonly takenAt!: string;
  @ApiProperty({ format: 'date-time' })
  readonly recordedAt!: string;
  @ApiProperty({ description: 'SHA-256 over the report' })
  readonly digest!: string;
  @ApiProperty({ type: 'integer' })
  readonly applied!: number;
  @ApiProperty({ type: 'integer' })
  readonly unchanged!: number;
  @ApiProperty({ type: 'integer' })
  readonly refused!: number;
  @ApiProperty({ description: 'Its place in the log of stock' })
  readonly position!: string;
}

/** What became of one row. Rows that were as we had them are counted only, unless something was remembered with them. */
export class ReportedLevelRow {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ enum: ['applied', 'unchanged', 'refused'] })
  readonly outcome!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why it was refused', example: 'unknown-sku' })
  readonly code!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'What the warehouse said; null of a refused row' })
  readonly reported!: number | null;
  @ApiProperty({ type: 'integer', description: 'By how much total changed at the time of the report' })
  readonly change!: number;
}
