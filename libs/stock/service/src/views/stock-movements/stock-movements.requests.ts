import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, ListQuery } from '@stockproof/http-problems';
import { IsString, IsUUID, MaxLength } from 'class-validator';

/** Which changes to list. */
export class MovementsQuery extends ListQuery {
  @ApiPropertyOptional({ maxLength: 200 })
  @IfPresent()
  @IsString()
  @MaxLength(200)
  readonly sku?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfPresent()
  @IsUUID()
  readonly warehouseId?: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly orderId?: string;
}

/** One change at one warehouse, as signed differences. */
export class StockMovement {
  @ApiProperty({ format: 'uuid' })
  readonly eventId!: string;
  @ApiProperty({ example: 'TEA-100' })
  readonly sku!: string;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ example: 'UnitsShipped', description: 'What happened, as stock names it' })
  readonly cause!: string;
  @ApiProperty({ format: 'date-time', description: 'When it happened' })
  readonly effectiveAt!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was recorded' })
  readonly recordedAt!: string;
  @ApiProperty({ type: 'integer' })
  readonly total!: number;
  @ApiProperty({ type: 'integer' })
  readonly unsellable!: number;
  @ApiProperty({ type: 'integer' })
  readonly allocated!: number;
  @ApiProperty({ type: 'integer' })
  readonly held!: number;
  @ApiProperty({ type: 'integer' })
  readonly incoming!: number;
  @ApiProperty({ example: 'user:0199b0f0-0000-7000-8000-000000000000' })
  readonly actor!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly orderId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Report, receipt, purchase order, allocation, or what the person wrote' })
  readonly reference!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
  @ApiProperty({ description: 'Its place in the log of stock' })
  readonly position!: string;
}
