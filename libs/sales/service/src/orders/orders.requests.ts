import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, IsInstant } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsISO31661Alpha2,
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

/** One SKU and how many of it. */
export class OrderLineRequest {
  @ApiProperty({ example: 'TEA-100', maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000_000 })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly quantity!: number;

  @ApiPropertyOptional({ default: true, description: 'False for what is never shipped' })
  @IfPresent()
  @IsBoolean()
  readonly needsShipping?: boolean;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only from this warehouse, physical or virtual' })
  @IfPresent()
  @IsId()
  readonly warehouseId?: string;
}

/** Where the order goes. Kept encrypted, and handed only to the warehouse that ships it. */
export class ShipToRequest {
  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly name!: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IfPresent()
  @IsString()
  @MaxLength(200)
  readonly company?: string;

  @ApiProperty({ type: [String], minItems: 1, maxItems: 4 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(4)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(200, { each: true })
  readonly street!: string[];

  @ApiProperty({ maxLength: 20 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(20)
  readonly postalCode!: string;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly city!: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IfPresent()
  @IsString()
  @MaxLength(200)
  readonly region?: string;

  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @IsISO31661Alpha2()
  readonly countryCode!: string;

  @ApiPropertyOptional({ maxLength: 50 })
  @IfPresent()
  @IsString()
  @MaxLength(50)
  readonly phone?: string;

  @ApiPropertyOptional({ maxLength: 320 })
  @IfPresent()
  @IsString()
  @MaxLength(320)
  readonly email?: string;
}

/** A new sales order. */
export class CreateOrderRequest {
  @ApiPropertyOptional({ maxLength: 100, description: "The shop's own number; with the channel it makes the order unique" })
  @IfPresent()
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  readonly orderNumber?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The sales channel it came from' })
  @IfPresent()
  @IsId()
  readonly channelId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Default: now. Waiting orders are served in this order' })
  @IfPresent()
  @IsInstant()
  readonly orderDate?: string;

  @ApiPropertyOptional({ enum: ['draft', 'approved'], description: 'Default: as the channel or the account has it' })
  @IfPresent()
  @IsIn(['draft', 'approved'])
  readonly status?: 'draft' | 'approved';

  @ApiPropertyOptional({ format: 'uuid', description: 'Serve it from this warehouse, physical or virtual; default: that of the account' })
  @IfPresent()
  @IsId()
  readonly warehouseId?: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly carrierService?: string;

  @ApiPropertyOptional({ type: ShipToRequest, description: 'May be left out of a draft' })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => ShipToRequest)
  readonly shipTo?: ShipToRequest;

  @ApiProperty({ type: [OrderLineRequest], maxItems: 2_000 })
  @IsArray()
  @ArrayMaxSize(2_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OrderLineRequest)
  readonly lines!: OrderLineRequest[];
}

/** Why. */
export class ReasonRequest {
  @ApiProperty({ maxLength: 500 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  readonly reason!: string;
}

/** Where a shipment is to leave from instead, and why. */
export class MoveShipmentRequest extends ReasonRequest {
  @ApiProperty({ format: 'uuid', description: 'A physical warehouse that the account may use' })
  @IsId()
  readonly toWarehouseId!: string;
}

export class HoldRequest extends ReasonRequest {
  @ApiPropertyOptional({ format: 'date-time', description: 'Then it is sent by itself; default: only by hand' })
  @IfPresent()
  @IsInstant()
  readonly releaseAt?: string;
}

export class ReleaseRequest {
  @ApiProperty({ enum: ['send', 'edit'], description: 'send: what is held becomes allocated. edit: the order is a draft again' })
  @IsIn(['send', 'edit'])
  readonly to!: 'send' | 'edit';
}

export class MarkShippedRequest extends ReasonRequest {
  @ApiProperty({ description: 'True: what is open of every shipment left. False: it did not, and is free again' })
  @IsBoolean()
  readonly left!: boolean;
}

/** What has left of one line of a shipment, counted since the beginning. */
export class ShippedLineRequest {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000_000, description: "The shipment's own line number" })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly lineNumber!: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1_000_000 })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly shipped!: number;
}

/** A person says what left, where no warehouse system does. */
export class ShipmentUpdateRequest {
  @ApiPropertyOptional({ format: 'date-time', description: 'Default: now' })
  @IfPresent()
  @IsInstant()
  readonly happenedAt?: string;

  @ApiProperty({ type: [ShippedLineRequest], maxItems: 2_000 })
  @IsArray()
  @ArrayMaxSize(2_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ShippedLineRequest)
  readonly lines!: ShippedLineRequest[];

  @ApiPropertyOptional({ maxLength: 100 })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly tracking?: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly carrier?: string;

  @ApiPropertyOptional({ description: 'The rest will never leave', default: false })
  @IfPresent()
  @IsBoolean()
  readonly closedShort?: boolean;
}

/** What became of the command. */
export class OrderAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly orderId!: string;
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
  @ApiProperty({ type: [String], description: 'What happened, as sales names it', example: ['SalesOrderCreated', 'AllocationAsked'] })
  readonly events!: readonly string[];
}
