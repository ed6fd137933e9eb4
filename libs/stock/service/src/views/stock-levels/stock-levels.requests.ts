import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, QueryList } from '@stockproof/http-problems';
import { IsIn } from 'class-validator';
import { PastQuery } from '../../past/past.requests';

/** Which levels to list, and of when. */
export class LevelsQuery extends PastQuery {
  @QueryList({ description: 'Only these SKUs', maximum: 100 })
  readonly sku?: string[];

  @ApiPropertyOptional({ format: 'uuid' })
  @IfPresent()
  @IsId()
  readonly warehouseId?: string;

  @ApiPropertyOptional({ enum: ['physical', 'virtual'] })
  @IfPresent()
  @IsIn(['physical', 'virtual'])
  readonly kind?: 'physical' | 'virtual';
}

/** What there is of one SKU in one warehouse. */
export class StockLevel {
  @ApiProperty({ example: 'TEA-100' })
  readonly sku!: string;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'null once the warehouse is no longer enabled for the account' })
  readonly warehouseCode!: string | null;
  @ApiProperty({ enum: ['physical', 'virtual'], description: 'A virtual figure is the sum of its members: never add it to theirs' })
  readonly kind!: 'physical' | 'virtual';
  @ApiProperty({ type: 'integer', description: 'Physically there' })
  readonly total!: number;
  @ApiProperty({ type: 'integer', description: 'The part of total that may not be sold' })
  readonly unsellable!: number;
  @ApiProperty({ type: 'integer', description: 'Promised to shipments that have not left' })
  readonly allocated!: number;
  @ApiProperty({ type: 'integer', description: 'Kept for orders on hold' })
  readonly held!: number;
  @ApiProperty({ type: 'integer', description: 'On purchase orders and not received yet' })
  readonly incoming!: number;
  @ApiProperty({ type: 'integer', description: 'total − unsellable − allocated − held' })
  readonly available!: number;
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'What a sales channel may be told: the sum over members of what each has available, none below 0',
  })
  readonly publishable!: number;
  @ApiProperty({ description: 'The place in the log of stock up to which the figures are true' })
  readonly position!: string;
}
