import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IfPresent, IsId, IsInstant, QueryList } from '@stockproof/http-problems';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { SkuAtWarehouseQuery } from '../sku-at-warehouse.requests';
import { itemEventTypes } from '../stock-event';

const Text = (maxLength: number, description: string): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ maxLength, description }), IfPresent(), IsString(), MaxLength(maxLength));
const Moment = (description: string): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ type: 'string', format: 'date-time', description }), IfPresent(), IsInstant());

/** Which changes to list. */
export class MovementsQuery extends SkuAtWarehouseQuery {
  @QueryList({ description: `Only these causes: ${itemEventTypes.join(', ')}`, maximum: 20 })
  @IsIn(itemEventTypes, { each: true })
  readonly cause?: string[];

  @ApiPropertyOptional({ format: 'uuid', description: 'Only for this order' })
  @IfPresent()
  @IsId()
  readonly orderId?: string;

  @Text(200, 'Only with this reason, or from this source')
  readonly reason?: string;

  @Text(200, 'Only by this one: `user:<id>`, `key:<id>`, `service:<name>`')
  readonly actor?: string;

  @Moment('Recorded at this moment or later')
  readonly recordedFrom?: string;

  @Moment('Recorded before this moment')
  readonly recordedUntil?: string;

  @Moment('Happened at this moment or later')
  readonly effectiveFrom?: string;

  @Moment('Happened before this moment')
  readonly effectiveUntil?: string;
}

export const exportFormats = ['csv', 'jsonl'] as const;

/** Which changes to export, and how. */
export class MovementsExportQuery extends OmitType(MovementsQuery, ['limit', 'cursor']) {
  @ApiPropertyOptional({ enum: exportFormats, default: 'csv' })
  @IfPresent()
  @IsIn(exportFormats)
  readonly format: (typeof exportFormats)[number] = 'csv';
}

/** Figures of a SKU in a warehouse next to a change. */
export class FiguresAtChange {
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
  @ApiProperty({ type: 'integer' })
  readonly available!: number;
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
  @ApiProperty({ type: FiguresAtChange, description: 'What the live figures were right before it was recorded' })
  readonly before!: FiguresAtChange;
  @ApiProperty({ type: FiguresAtChange, description: 'What the live figures were by it' })
  readonly after!: FiguresAtChange;
  @ApiProperty({ example: 'user:0199b0f0-0000-7000-8000-000000000000' })
  readonly actor!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly orderId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Report, receipt, purchase order, allocation, or what the person wrote' })
  readonly reference!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why, or from which source' })
  readonly reason!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'What the person wrote to it' })
  readonly note!: string | null;
  @ApiProperty({ description: 'Its place in the log of stock' })
  readonly position!: string;
}
