import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, ListQuery, QueryFlag } from '@stockproof/http-problems';
import { IsBoolean, IsIn } from 'class-validator';
import { ReasonRequest } from '../../orders/orders.requests';

const kinds = ['export-failed', 'shop-refused', 'shipment-conflict'] as const;

/** Which exceptions to list. */
export class ExceptionsQuery extends ListQuery {
  @QueryFlag({ description: 'Only those that nobody has settled, or only those that are settled' })
  readonly open?: boolean;

  @ApiPropertyOptional({ enum: kinds })
  @IfPresent()
  @IsIn(kinds)
  readonly kind?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfPresent()
  @IsId()
  readonly orderId?: string;
}

export class SalesException {
  @ApiProperty({ format: 'uuid' })
  readonly exceptionId!: string;
  @ApiProperty({
    enum: kinds,
    description:
      'export-failed: a warehouse refused a shipment. shop-refused: a shop refused to hear of its order. shipment-conflict: a warehouse said what cannot be',
  })
  readonly kind!: string;
  @ApiProperty({ format: 'uuid' })
  readonly orderId!: string;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  readonly shipmentId!: string | null;
  @ApiProperty()
  readonly message!: string;
  @ApiProperty({ format: 'date-time' })
  readonly raisedAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'null: it is open' })
  readonly settledAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: '`user:<id>`, `key:<id>` or `service:<name>`' })
  readonly settledBy!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why it is settled' })
  readonly reason!: string | null;
  @ApiProperty({ description: 'Its place in the log of sales' })
  readonly position!: string;
}

/** How an exception ends. */
export class ResolveExceptionRequest extends ReasonRequest {
  @ApiPropertyOptional({
    default: false,
    description: 'What failed is tried once more: the shipment is handed over, or the shop told, anew. Not for a conflict',
  })
  @IfPresent()
  @IsBoolean()
  readonly again?: boolean;
}
