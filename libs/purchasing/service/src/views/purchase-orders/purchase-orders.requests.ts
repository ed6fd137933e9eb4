import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, ListQuery, QueryFlag } from '@stockproof/http-problems';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { SupplierName, WarningOfReceipt } from '../../purchase-orders/purchase-orders.requests';

const statuses = ['draft', 'approved', 'receiving', 'received', 'cancelled'] as const;

/** Which purchase orders to list. */
export class PurchaseOrdersQuery extends ListQuery {
  @ApiPropertyOptional({ enum: statuses })
  @IfPresent()
  @IsIn(statuses)
  readonly status?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfPresent()
  @IsId()
  readonly warehouseId?: string;

  @ApiPropertyOptional({ maxLength: 100, description: 'Code of the supplier' })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly supplier?: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly number?: string;

  @QueryFlag({ description: 'Only those that their warehouse refused, or only the others' })
  readonly exportFailed?: boolean;
}

/** What the warehouse that will receive the goods knows of an order. */
export class PurchaseOrderExport {
  @ApiProperty({
    enum: ['none', 'begun', 'accepted', 'refused'],
    description: 'none: not told, or nobody is to be told. begun: the answer is out. refused: unlock it, mend it and approve it again',
  })
  readonly status!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly begunAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the warehouse accepted it' })
  readonly exportedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What the warehouse calls it' })
  readonly externalId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why the warehouse refused it' })
  readonly failure!: string | null;
  @ApiProperty({
    type: String,
    enum: ['wanted', 'cancelled', 'requested', 'refused', null],
    nullable: true,
    description: 'What came of telling the warehouse that the order is cancelled; null: there was nothing to tell',
  })
  readonly takeBack!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why the warehouse keeps it' })
  readonly takeBackReason!: string | null;
}

/** A purchase order as it is listed. */
export class PurchaseOrderSummary {
  @ApiProperty({ format: 'uuid' })
  readonly purchaseOrderId!: string;
  @ApiProperty()
  readonly number!: string;
  @ApiProperty({ type: SupplierName })
  readonly supplier!: SupplierName;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly expectedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly cancelAfter!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly reference!: string | null;
  @ApiProperty({ enum: statuses })
  readonly status!: string;
  @ApiProperty({ description: 'The last receipt left something open' })
  readonly shortReceived!: boolean;
  @ApiProperty({ type: [WarningOfReceipt], description: 'What a person should look at' })
  readonly warnings!: readonly WarningOfReceipt[];
  @ApiProperty({ type: String, nullable: true, description: 'What was said when it was cancelled or marked as received' })
  readonly endedReason!: string | null;
  @ApiProperty({ type: PurchaseOrderExport })
  readonly export!: PurchaseOrderExport;
  @ApiProperty({ description: 'The warehouse refused to hear of it: a person is needed' })
  readonly exportFailed!: boolean;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ type: 'integer', description: 'As in the ETag of the single order' })
  readonly revision!: number;
}

export class PurchaseOrderLine {
  @ApiProperty()
  readonly lineId!: string;
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
  @ApiProperty({ type: 'integer' })
  readonly received!: number;
  @ApiProperty({ type: String, nullable: true })
  readonly lot!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly serial!: string | null;
}

export class ReceivedLineDocument {
  @ApiProperty({ type: String, nullable: true, description: 'null where a person marked the order as received' })
  readonly receiptId!: string | null;
  @ApiProperty({ description: 'The line of the receipt' })
  readonly line!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The line of the order' })
  readonly lineId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'null where it was booked', example: 'unknown-sku' })
  readonly notBookedBecause!: string | null;
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
  @ApiProperty({ format: 'date-time' })
  readonly receivedAt!: string;
}

/** A purchase order with its lines and everything that was received for it. */
export class PurchaseOrderDocument extends PurchaseOrderSummary {
  @ApiProperty({ type: [PurchaseOrderLine] })
  readonly lines!: readonly PurchaseOrderLine[];
  @ApiProperty({ type: [ReceivedLineDocument] })
  readonly receipts!: readonly ReceivedLineDocument[];
}
