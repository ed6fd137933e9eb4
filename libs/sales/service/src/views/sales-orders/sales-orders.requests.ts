import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, ListQuery, QueryFlag } from '@stockproof/http-problems';
import { IsIn, IsString, MaxLength } from 'class-validator';

const statuses = ['draft', 'approved', 'on-hold', 'fulfilling', 'partially-fulfilled', 'shipped', 'cancelled'] as const;

/** Which orders to list. */
export class SalesOrdersQuery extends ListQuery {
  @ApiPropertyOptional({ enum: statuses })
  @IfPresent()
  @IsIn(statuses)
  readonly status?: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly number?: string;

  @QueryFlag({ description: 'Only those that wait for stock, or only those that do not' })
  readonly backordered?: boolean;
}

export class SalesOrderLine {
  @ApiProperty()
  readonly lineId!: string;
  @ApiProperty({ example: 'TEA-100' })
  readonly sku!: string;
  @ApiProperty({ type: 'integer', description: 'Ordered' })
  readonly quantity!: number;
  @ApiProperty({ type: 'integer', description: 'No longer wanted' })
  readonly closed!: number;
}

/** An order as lists show it: nothing personal. */
export class SalesOrderSummary {
  @ApiProperty({ format: 'uuid' })
  readonly orderId!: string;
  @ApiProperty()
  readonly number!: string;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  readonly channelId!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly orderDate!: string;
  @ApiProperty({ format: 'date-time' })
  readonly arrivedAt!: string;
  @ApiProperty({ enum: statuses })
  readonly status!: string;
  @ApiProperty({ description: 'Allocation was tried and failed: it waits for stock' })
  readonly backordered!: boolean;
  @ApiProperty({ type: [String], description: 'Why, warehouse by warehouse' })
  readonly reasons!: readonly string[];
  @ApiProperty({ type: 'string', nullable: true })
  readonly shipToCountry!: string | null;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'When a hold ends by itself' })
  readonly releaseAt!: string | null;
  @ApiProperty({ type: [SalesOrderLine] })
  readonly lines!: readonly SalesOrderLine[];
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
  @ApiProperty({ description: 'Its place in the log of sales' })
  readonly position!: string;
}

export class ShipmentUnit {
  @ApiProperty({ type: 'integer' })
  readonly lineNumber!: number;
  @ApiProperty({ description: 'The line of the order, or `<line>.<n>` for a component of a bundle' })
  readonly lineId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly allocationId!: string;
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
  @ApiProperty({ type: 'integer' })
  readonly shipped!: number;
  @ApiProperty({ description: 'What has not left never will' })
  readonly released!: boolean;
}

export class ShipmentPackage {
  @ApiProperty()
  readonly packageId!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly tracking!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly carrier!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly service!: string | null;
  @ApiProperty({ type: 'integer', nullable: true })
  readonly weightG!: number | null;
}

export class ShipmentView {
  @ApiProperty({ format: 'uuid' })
  readonly shipmentId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ enum: ['ready-to-send', 'sent-to-warehouse', 'cancel-requested', 'short-shipped', 'shipped', 'cancelled'] })
  readonly status!: string;
  @ApiProperty({ type: 'string', nullable: true, description: "The warehouse's own id" })
  readonly externalId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why the warehouse has not taken it' })
  readonly failure!: string | null;
  @ApiProperty({ type: [ShipmentUnit] })
  readonly units!: readonly ShipmentUnit[];
  @ApiProperty({ type: [ShipmentPackage] })
  readonly packages!: readonly ShipmentPackage[];
}

/** An order with its shipments and where it goes. */
export class SalesOrderDetail extends SalesOrderSummary {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'null where none was given, or the person was forgotten',
  })
  readonly shipTo!: object | null;
  @ApiProperty({ type: [ShipmentView] })
  readonly shipments!: readonly ShipmentView[];
}
