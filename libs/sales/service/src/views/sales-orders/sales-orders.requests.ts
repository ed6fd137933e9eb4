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

/** What lists and the order itself say alike: nothing personal. */
export class SalesOrderHead {
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
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
  @ApiProperty({ description: 'Its place in the log of sales' })
  readonly position!: string;
}

/** An order as lists show it. */
export class SalesOrderSummary extends SalesOrderHead {
  @ApiProperty({ type: [SalesOrderLine] })
  readonly lines!: readonly SalesOrderLine[];
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

/** What lies in a package, by line of the order or component of its bundle. */
export class PackageContent {
  @ApiProperty()
  readonly lineId!: string;
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
  @ApiProperty({ type: 'string', nullable: true })
  readonly lot!: string | null;
  @ApiProperty({ type: [String] })
  readonly serials!: readonly string[];
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
  @ApiProperty({ type: [PackageContent], description: 'Empty where nobody said' })
  readonly contents!: readonly PackageContent[];
}

export class CarrierServiceView {
  @ApiProperty({ example: 'DHL' })
  readonly carrierCode!: string;
  @ApiProperty({ example: 'PAKET' })
  readonly serviceCode!: string;
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
  @ApiProperty({ type: CarrierServiceView, nullable: true, description: 'Asked for; null: the warehouse chooses' })
  readonly carrierService!: CarrierServiceView | null;
  @ApiProperty({ type: [String] })
  readonly warnings!: readonly string[];
  @ApiProperty({ type: [ShipmentUnit] })
  readonly units!: readonly ShipmentUnit[];
  @ApiProperty({ type: [ShipmentPackage] })
  readonly packages!: readonly ShipmentPackage[];
}

/** Where the units of a line are. Of a line that needs shipping the others add up to what was ordered; bundles count whole. */
export class SalesOrderLineDetail extends SalesOrderLine {
  @ApiProperty()
  readonly needsShipping!: boolean;
  @ApiProperty({ type: 'integer' })
  readonly ordered!: number;
  @ApiProperty({ type: 'integer' })
  readonly shipped!: number;
  @ApiProperty({ type: 'integer', description: 'In shipments, and not left yet' })
  readonly allocated!: number;
  @ApiProperty({ type: 'integer', description: 'Tried, and waiting for stock' })
  readonly backordered!: number;
  @ApiProperty({ type: 'integer' })
  readonly cancelled!: number;
  @ApiProperty({ type: 'integer', description: 'Nobody has promised it yet' })
  readonly open!: number;
}

export class ToldLine {
  @ApiProperty()
  readonly lineId!: string;
  @ApiProperty({ description: "The shop's own id of the line" })
  readonly externalLineId!: string;
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer', description: 'Since the beginning' })
  readonly shipped!: number;
}

export class ToldContent {
  @ApiProperty()
  readonly externalLineId!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

export class ToldPackage {
  @ApiProperty({ format: 'uuid' })
  readonly shipmentId!: string;
  @ApiProperty()
  readonly packageId!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly tracking!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly carrier!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly service!: string | null;
  @ApiProperty({ type: [ToldContent] })
  readonly contents!: readonly ToldContent[];
}

/** One update for the shop that the order came from. */
export class ToldView {
  @ApiProperty({ type: 'integer', description: 'The updates of an order are counted from 1' })
  readonly telling!: number;
  @ApiProperty({ enum: ['fulfilling', 'partially-fulfilled', 'shipped', 'cancelled'] })
  readonly status!: string;
  @ApiProperty({ type: [ToldLine] })
  readonly lines!: readonly ToldLine[];
  @ApiProperty({ type: [ToldPackage], description: 'Those that the shop had not taken before' })
  readonly packages!: readonly ToldPackage[];
  @ApiProperty({ enum: ['due', 'told', 'refused'] })
  readonly outcome!: string;
  @ApiProperty({ format: 'date-time' })
  readonly dueAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  readonly answeredAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: "The shop's own id of what it was told" })
  readonly externalId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why the shop refused' })
  readonly reason!: string | null;
  @ApiProperty({ type: [String] })
  readonly warnings!: readonly string[];
}

/** A shipment that was to leave from another warehouse, and how far that has come. */
export class ShipmentMoveView {
  @ApiProperty({ format: 'uuid' })
  readonly shipmentId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly fromWarehouseId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly toWarehouseId!: string;
  @ApiProperty({ description: 'Why it was to move, in the words of whoever asked' })
  readonly reason!: string;
  @ApiProperty({
    enum: ['asked', 'waits-for-warehouse', 'moved', 'refused'],
    description: 'waits-for-warehouse: its units are promised there too, and the present warehouse has yet to give it back',
  })
  readonly status!: string;
  @ApiProperty({
    type: 'string',
    enum: ['not-enough-stock', 'warehouse-refused', 'units-left', 'cancelled'],
    nullable: true,
    description: 'Why it stayed where it was',
  })
  readonly because!: string | null;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'The shipment that has taken its place' })
  readonly toShipmentId!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly askedAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  readonly endedAt!: string | null;
}

/** An order with its shipments and where it goes. */
export class SalesOrderDetail extends SalesOrderHead {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'null where none was given, or the person was forgotten',
  })
  readonly shipTo!: object | null;
  @ApiProperty({ type: [SalesOrderLineDetail] })
  readonly lines!: readonly SalesOrderLineDetail[];
  @ApiProperty({ type: [ShipmentView] })
  readonly shipments!: readonly ShipmentView[];
  @ApiProperty({ type: [ShipmentMoveView], description: 'Shipments that were to move to another warehouse, the latest last' })
  readonly moves!: readonly ShipmentMoveView[];
  @ApiProperty({ type: [ToldView], description: 'What the shop was told, and what it answered' })
  readonly told!: readonly ToldView[];
}
