import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, IsInstant } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

export class ReportedRow {
  @ApiProperty({ example: 'TEA-100', maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1_000_000_000 })
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  readonly quantity!: number;
}

/** What a warehouse has, as of one moment. */
export class LevelReportRequest {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  readonly warehouseId!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was counted: what happened after it is not in the figures yet' })
  @IsInstant()
  readonly takenAt!: string;

  @ApiPropertyOptional({ enum: ['on-hand', 'available'], default: 'on-hand' })
  @IfPresent()
  @IsIn(['on-hand', 'available'])
  readonly meaning?: 'on-hand' | 'available';

  @ApiPropertyOptional({
    maxLength: 100,
    description: 'The same id twice is the same report, or refused; default: from the Idempotency-Key',
  })
  @IfPresent()
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  readonly reportId?: string;

  @ApiProperty({ type: [ReportedRow], minItems: 1, maxItems: 500 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReportedRow)
  readonly rows!: ReportedRow[];
}

export class LevelRowOutcome {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ enum: ['applied', 'unchanged', 'refused'] })
  readonly outcome!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why it was refused', example: 'report-outdated' })
  readonly code!: string | null;
}

export class LevelReportAnswer {
  @ApiProperty()
  readonly reportId!: string;
  @ApiProperty({ description: 'SHA-256 over the report' })
  readonly digest!: string;
  @ApiProperty({ type: [LevelRowOutcome] })
  readonly rows!: readonly LevelRowOutcome[];
}
