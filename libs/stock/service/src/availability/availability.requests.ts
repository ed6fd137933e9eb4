import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId } from '@stockproof/http-problems';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** So many figures in one call: SKUs times warehouses. */
export const figuresAtMost = 2_000;

/** Each SKU in each warehouse. */
export class AvailabilityRequest {
  @ApiProperty({ type: [String], minItems: 1, maxItems: figuresAtMost, example: ['TEA-100'], description: 'SKUs and bundles' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(figuresAtMost)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(200, { each: true })
  readonly skus!: string[];

  @ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    minItems: 1,
    maxItems: figuresAtMost,
    description: `Physical and virtual ones; SKUs times warehouses are at most ${figuresAtMost}`,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(figuresAtMost)
  @IsId({ each: true })
  readonly warehouseIds!: string[];

  @ApiPropertyOptional({
    description:
      'How bundles are counted over the members of a virtual warehouse: together, as orders may be split, or each member by itself; default: as the account is set',
  })
  @IfPresent()
  @IsBoolean()
  readonly maySplit?: boolean;
}

export class AvailabilityFigure {
  @ApiProperty({ description: 'As it was asked for' }) readonly sku!: string;
  @ApiProperty({ format: 'uuid' }) readonly warehouseId!: string;
  @ApiProperty({
    enum: ['figure', 'unknown-sku', 'unknown-warehouse'],
    description: 'Unknown: neither catalog nor stock has told of the SKU; the account may not use the warehouse',
  })
  readonly outcome!: 'figure' | 'unknown-sku' | 'unknown-warehouse';
  @ApiProperty({ type: String, enum: ['sku', 'bundle'], nullable: true }) readonly kind!: 'sku' | 'bundle' | null;
  @ApiProperty({ description: 'It is no longer sold: nothing of it may be published' }) readonly archived!: boolean;
  @ApiProperty({ type: 'integer', nullable: true, description: 'What may be promised; below 0 where the world took goods away' })
  readonly available!: number | null;
  @ApiProperty({ type: 'integer', minimum: 0, nullable: true, description: 'What a sales channel may be told, before its own rules' })
  readonly publishable!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'The last event that it counts; null where there was none yet' })
  readonly position!: string | null;
}

export class AvailabilityAnswer {
  @ApiProperty({ description: 'The place in the log of stock up to which all figures are true' }) readonly position!: string;
  @ApiProperty({ description: 'How bundles were counted' }) readonly maySplit!: boolean;
  @ApiProperty({ type: [AvailabilityFigure], description: 'In the order asked: all warehouses of the first SKU, then of the second …' })
  readonly figures!: readonly AvailabilityFigure[];
}
