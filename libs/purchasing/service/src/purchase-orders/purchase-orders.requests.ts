import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { callerOf, type Caller } from '@stockproof/access';
import { IfPresent, IsId, IsInstant, knownProblems, ProblemException } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { validate } from 'uuid';

/** Who asks, and about which purchase order. What cannot be an id names nothing: 404. */
export type AddressedOrder = { readonly caller: Caller; readonly purchaseOrderId: string };

export const AddressedOrder = createParamDecorator((_: unknown, context: ExecutionContext): AddressedOrder => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { purchaseOrderId } = request.params as { readonly purchaseOrderId: string };
  if (!validate(purchaseOrderId)) throw new ProblemException(knownProblems.notFound);
  return { caller: callerOf(request) as Caller, purchaseOrderId: purchaseOrderId.toLowerCase() };
});

/** The largest quantity of one line: far above any order, far below where sums lose digits. */
const quantityLimit = 1_000_000_000;

export class SupplierName {
  @ApiProperty({ example: 'ACME', maxLength: 100 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(100)
  readonly code!: string;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @MaxLength(200)
  readonly name!: string;
}

export class OrderedLine {
  @ApiProperty({ example: 'TEA-100', maxLength: 200 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: quantityLimit })
  @IsInt()
  @Min(1)
  @Max(quantityLimit)
  readonly quantity!: number;

  @ApiPropertyOptional({ maxLength: 100 })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly lot?: string;

  @ApiPropertyOptional({ maxLength: 100, description: 'A line with a serial has quantity 1' })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly serial?: string;
}

/** What a purchase order says of itself. Lines are numbered from 1 in the order given. */
export class PurchaseOrderContent {
  @ApiPropertyOptional({ maxLength: 100, description: 'Default: made from the id' })
  @IfPresent()
  @IsString()
  @Matches(/\S/)
  @MaxLength(100)
  readonly number?: string;

  @ApiProperty({ type: SupplierName })
  @IsObject()
  @ValidateNested()
  @Type(() => SupplierName)
  readonly supplier!: SupplierName;

  @ApiProperty({ format: 'uuid', description: 'A physical warehouse that is enabled for the account' })
  @IsId()
  readonly warehouseId!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IfPresent()
  @IsInstant()
  readonly expectedAt?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Cancelled by itself where nothing has come by then' })
  @IfPresent()
  @IsInstant()
  readonly cancelAfter?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IfPresent()
  @IsString()
  @MaxLength(200)
  readonly reference?: string;

  @ApiProperty({ type: [OrderedLine], minItems: 1, maxItems: 1_000 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OrderedLine)
  readonly lines!: OrderedLine[];
}

export class PurchaseOrderRequest extends PurchaseOrderContent {
  @ApiPropertyOptional({ default: false, description: "Stays a draft whatever the account's workflow says" })
  @IfPresent()
  @IsBoolean()
  readonly draft: boolean = false;
}

export class CancelRequest {
  @ApiProperty({ maxLength: 500 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(500)
  readonly reason!: string;
}

export class ReceiptLine {
  @ApiPropertyOptional({
    maxLength: 100,
    description: 'Its own name on the receipt; default: its place, from 1. A receipt and a line are booked once',
  })
  @IfPresent()
  @IsString()
  @Matches(/\S/)
  @MaxLength(100)
  readonly line?: string;

  @ApiPropertyOptional({ maxLength: 100, description: 'A line of the order; default: those of its SKU, what is open first' })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly lineId?: string;

  @ApiProperty({ example: 'TEA-100', maxLength: 200 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: quantityLimit })
  @IsInt()
  @Min(1)
  @Max(quantityLimit)
  readonly quantity!: number;
}

/** Goods that came for an order. */
export class ReceiptRequest {
  @ApiProperty({ maxLength: 100, example: 'GR-4711', description: 'The same receipt twice changes nothing' })
  @IsString()
  @Matches(/\S/)
  @MaxLength(100)
  readonly receiptId!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'When the goods came; default: now' })
  @IfPresent()
  @IsInstant()
  readonly receivedAt?: string;

  @ApiPropertyOptional({ description: "Nothing comes after it; default: as the warehouse's channel declares" })
  @IfPresent()
  @IsBoolean()
  readonly final?: boolean;

  @ApiProperty({ type: [ReceiptLine], minItems: 1, maxItems: 500 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReceiptLine)
  readonly lines!: ReceiptLine[];
}

export class MarkReceivedRequest {
  @ApiProperty({ enum: ['book', 'close-short'], description: '`book`: the rest is there. `close-short`: it will never come' })
  @IsIn(['book', 'close-short'])
  readonly rest!: 'book' | 'close-short';

  @ApiPropertyOptional({ maxLength: 500 })
  @IfPresent()
  @IsString()
  @MaxLength(500)
  readonly reason?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'When the rest came; default: now' })
  @IfPresent()
  @IsInstant()
  readonly receivedAt?: string;
}

export class PurchaseOrderWritten {
  @ApiProperty({ format: 'uuid' })
  readonly purchaseOrderId!: string;
  @ApiProperty({ enum: ['draft', 'approved', 'receiving', 'received', 'cancelled'] })
  readonly status!: string;
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
  @ApiProperty({ type: [String], description: 'What happened, as purchasing names it', example: ['PurchaseOrderApproved'] })
  readonly events!: readonly string[];
}

export class WarningOfReceipt {
  @ApiProperty({ enum: ['more-than-ordered', 'order-cancelled', 'order-received', 'unknown-line', 'unknown-sku'] })
  readonly code!: string;
  @ApiPropertyOptional({ description: 'The line of the order' })
  readonly lineId?: string;
  @ApiPropertyOptional({ description: 'The line of the receipt that was not booked' })
  readonly line?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'How many came beyond what was ordered' })
  readonly excess?: number;
}

export class ReceiptWritten extends PurchaseOrderWritten {
  @ApiProperty({ type: [WarningOfReceipt], description: 'What a person should look at' })
  readonly warnings!: readonly WarningOfReceipt[];
}
