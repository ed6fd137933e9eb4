import { ApiProperty } from '@nestjs/swagger';
import { QueryFlag } from '@stockproof/http-problems';
import { SkuAtWarehouseQuery } from '../sku-at-warehouse.requests';

/** Which shortfalls to list. */
export class ShortfallsQuery extends SkuAtWarehouseQuery {
  @QueryFlag({ description: 'true: only where something is still missing; false: only those that are over' })
  readonly open?: boolean;
}

export class UncoveredUnits {
  @ApiProperty()
  readonly orderId!: string;
  @ApiProperty()
  readonly allocationId!: string;
  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;
}

/** Units that were promised and that the world took away. */
export class Shortfall {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ type: 'integer', description: 'How many units more were promised than were there' })
  readonly missing!: number;
  @ApiProperty({ type: 'integer', description: 'How many are missing now; 0: covered again, or a later shortfall of the place says it' })
  readonly missingNow!: number;
  @ApiProperty({ type: [UncoveredUnits], description: 'Promises that were not covered then, the one made last first' })
  readonly uncovered!: readonly UncoveredUnits[];
  @ApiProperty({ type: 'integer', description: 'Uncovered units of older promises, where there were too many to name each' })
  readonly unlisted!: number;
  @ApiProperty({ format: 'date-time' })
  readonly foundAt!: string;
  @ApiProperty({ description: 'Its place in the log of stock' })
  readonly position!: string;
}
