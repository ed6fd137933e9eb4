import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, ListQuery } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';

const statuses = ['open', 'assigned', 'booked', 'dismissed'] as const;
const reasons = [
  'unreadable',
  'unknown-order',
  'ambiguous-number',
  'another-warehouse',
  'order-not-approved',
  'unknown-line',
  'unknown-sku',
] as const;

/** Which receipts to list. */
export class UnexplainedReceiptsQuery extends ListQuery {
  @ApiPropertyOptional({ enum: statuses })
  @IfPresent()
  @IsIn(statuses)
  readonly status?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfPresent()
  @IsId()
  readonly warehouseId?: string;
}

export class UnexplainedReceiptLine {
  @ApiProperty({ description: 'Its own name on the receipt' })
  readonly line!: string;
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
  @ApiProperty({ type: String, nullable: true })
  readonly lot!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly serial!: string | null;
  @ApiProperty({ enum: reasons, description: 'Why it could not be booked' })
  readonly because!: string;
}

export class UnreadableReceipt {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What came, word by word' })
  readonly original!: unknown;
  @ApiProperty()
  readonly problem!: string;
}

/** Goods that came and that no order explains. */
export class UnexplainedReceiptDocument {
  @ApiProperty({ format: 'uuid' })
  readonly unexplainedReceiptId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null where it could not be read' })
  readonly externalReceiptId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The order that the warehouse named' })
  readonly purchaseOrderId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly purchaseOrderNumber!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly receivedAt!: string;
  @ApiProperty({ type: [UnexplainedReceiptLine] })
  readonly lines!: readonly UnexplainedReceiptLine[];
  @ApiProperty({ type: UnreadableReceipt, nullable: true })
  readonly unreadable!: UnreadableReceipt | null;
  @ApiProperty({ enum: statuses, description: 'assigned: about to be booked' })
  readonly status!: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The order that it belongs to' })
  readonly assignedTo!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it was dismissed' })
  readonly reason!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export class AssignedLineRequest {
  @ApiProperty({ maxLength: 200, description: 'The line of the receipt' })
  @IsString()
  @MaxLength(200)
  readonly line!: string;

  @ApiProperty({ maxLength: 100, description: 'The line of the order that it is booked on, under the SKU of the order' })
  @IsString()
  @MaxLength(100)
  readonly lineId!: string;
}

/** Where the goods belong. */
export class AssignReceiptRequest {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  readonly purchaseOrderId!: string;

  @ApiPropertyOptional({ type: [AssignedLineRequest], maxItems: 5_000, description: 'Lines that their SKU does not find; default: none' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(5_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AssignedLineRequest)
  readonly lines?: AssignedLineRequest[];
}

/** Why nothing is to be booked. */
export class DismissReceiptRequest {
  @ApiProperty({ maxLength: 500 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(500)
  readonly reason!: string;
}

export class UnexplainedReceiptWritten {
  @ApiProperty({ format: 'uuid' })
  readonly unexplainedReceiptId!: string;
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
  @ApiProperty({ type: [String], description: 'What happened, as purchasing names it', example: ['UnexplainedReceiptDismissed'] })
  readonly events!: readonly string[];
}
