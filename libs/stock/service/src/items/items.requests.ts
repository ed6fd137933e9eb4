import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, IsInstant } from '@stockproof/http-problems';
import { IsIn, IsInt, IsNotEmpty, IsString, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';

const reasons = ['damaged', 'expired', 'lost', 'found', 'counted', 'other'] as const;
const unsellableReasons = ['damaged', 'quality-control', 'expired'] as const;

/** The largest quantity in one call: far above any shelf, far below where sums lose digits. */
const quantityLimit = 1_000_000_000;

class StockWrite {
  @ApiProperty({ example: 'TEA-100', maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ format: 'uuid', description: 'A physical warehouse that is enabled for the account' })
  @IsId()
  readonly warehouseId!: string;

  @ApiProperty({ type: 'integer', minimum: -quantityLimit, maximum: quantityLimit })
  @IsInt()
  @Min(-quantityLimit)
  @Max(quantityLimit)
  readonly by!: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'When it happened; default: now' })
  @IfPresent()
  @IsInstant()
  readonly happenedAt?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Your own reference' })
  @IfPresent()
  @IsString()
  @MaxLength(200)
  readonly reference?: string;
}

/** Corrects what is physically there, by a difference. */
export class StockAdjustment extends StockWrite {
  @ApiProperty({ enum: reasons })
  @IsIn(reasons)
  readonly reason!: (typeof reasons)[number];

  @ApiPropertyOptional({ maxLength: 500, description: 'In words; needed where the reason is `other`' })
  @ValidateIf(({ reason, note }: StockAdjustment) => note !== undefined || reason === 'other')
  @IsString()
  @MaxLength(500)
  @Matches(/\S/, { message: 'note must say something' })
  readonly note?: string;
}

/** Takes goods off sale that stay in the warehouse (`by` above 0), or puts them back (below 0). */
export class StockSetAsideRequest extends StockWrite {
  @ApiProperty({ enum: unsellableReasons })
  @IsIn(unsellableReasons)
  readonly reason!: (typeof unsellableReasons)[number];
}

/** The change was taken. */
export class StockWritten {
  @ApiProperty({ type: 'integer', description: "Revision of the SKU's stream" })
  readonly revision!: number;
  @ApiProperty({ type: [String], description: 'What happened, as stock names it', example: ['StockAdjusted'] })
  readonly events!: readonly string[];
}
