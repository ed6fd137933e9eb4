import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId } from '@stockproof/http-problems';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { PastQuery } from '../../past/past.requests';

/** Of which SKU, where, and when. */
export class PromisesQuery extends PastQuery {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly sku!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'A virtual warehouse means the members that it had then' })
  @IfPresent()
  @IsId()
  readonly warehouseId?: string;
}

/** Units of one order line that were promised. */
export class StockPromise {
  @ApiProperty({ example: 'TEA-100' })
  readonly sku!: string;
  @ApiProperty({ format: 'uuid', description: 'Always a physical one' })
  readonly warehouseId!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly warehouseCode!: string | null;
  @ApiProperty()
  readonly orderId!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly orderNumber!: string | null;
  @ApiProperty({ type: 'integer', description: 'Which attempt of the order to get stock' })
  readonly attempt!: number;
  @ApiProperty()
  readonly lineId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly shipmentId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly allocationId!: string;
  @ApiProperty({ enum: ['allocated', 'held'] })
  readonly kind!: 'allocated' | 'held';
  @ApiProperty({
    type: 'integer',
    description:
      'Units that were promised and had not left. Negative where units are said to have left before they were promised, between the two',
  })
  readonly quantity!: number;
  @ApiProperty({ format: 'date-time' })
  readonly promisedAt!: string;
}
