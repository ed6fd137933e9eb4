import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, ListQuery } from '@stockproof/http-problems';
import { IsIn } from 'class-validator';

const statuses = ['requested', 'waiting', 'granted', 'held', 'refused', 'withdrawn', 'ended'] as const;

/** Which attempts to list. */
export class AllocationsQuery extends ListQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IfPresent()
  @IsId()
  readonly orderId?: string;

  @ApiPropertyOptional({ enum: statuses })
  @IfPresent()
  @IsIn(statuses)
  readonly status?: string;
}

export class PromisedUnits {
  @ApiProperty({ format: 'uuid' })
  readonly allocationId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly shipmentId!: string;
  @ApiProperty()
  readonly lineId!: string;
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

export class MissingUnits {
  @ApiProperty()
  readonly lineId!: string;
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

/** The order that must be served first, where the order of the waiting is strict, and the SKUs that both want. */
export class WaitsBehind {
  @ApiProperty()
  readonly orderId!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly orderNumber!: string | null;
  @ApiProperty({ type: 'integer' })
  readonly attempt!: number;
  @ApiProperty({ type: [String] })
  readonly skus!: readonly string[];
}

/** One attempt of an order to get stock, and what became of it. */
export class AllocationAttempt {
  @ApiProperty()
  readonly orderId!: string;
  @ApiProperty({ type: 'integer' })
  readonly attempt!: number;
  @ApiProperty({
    enum: ['allocate', 'hold', 'move'],
    nullable: true,
    description: 'null where the attempt was withdrawn before it was heard of',
  })
  readonly kind!: 'allocate' | 'hold' | 'move' | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly orderNumber!: string | null;
  @ApiProperty({ enum: statuses })
  readonly status!: string;
  @ApiProperty({ type: [PromisedUnits] })
  readonly units!: readonly PromisedUnits[];
  @ApiProperty({ type: [MissingUnits] })
  readonly missing!: readonly MissingUnits[];
  @ApiProperty({ type: [String], description: 'Why each candidate warehouse was taken or not, in the order of the candidates' })
  readonly reasons!: readonly string[];
  @ApiProperty({ type: WaitsBehind, nullable: true, description: 'Whose turn it is before; null: only stock is waited for' })
  readonly behind!: WaitsBehind | null;
  @ApiProperty({ format: 'date-time' })
  readonly decidedAt!: string;
  @ApiProperty({ description: 'Its place in the log of stock' })
  readonly position!: string;
}
