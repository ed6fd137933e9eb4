import { ApiProperty } from '@nestjs/swagger';
import { QueryFlag } from '@stockproof/http-problems';
import { SkuAtWarehouseQuery } from '../sku-at-warehouse.requests';

/** Which discrepancies to list. */
export class DiscrepanciesQuery extends SkuAtWarehouseQuery {
  @QueryFlag({ description: 'true: only what nothing has explained yet; false: only what has been explained' })
  readonly open?: boolean;
}

/** What a report said of a SKU beyond all flows that were known. */
export class Discrepancy {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ format: 'date-time', description: 'When the warehouse counted' })
  readonly takenAt!: string;
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'null where the figure had looked right until a flow before it became known',
  })
  readonly reportId!: string | null;
  @ApiProperty({ type: 'integer', description: 'What the report said beyond the flows known then: more units (> 0) or fewer' })
  readonly residual!: number;
  @ApiProperty({ type: 'integer', description: 'What no flow that was heard of since explains; 0: all of it is explained' })
  readonly open!: number;
  @ApiProperty({ format: 'date-time' })
  readonly foundAt!: string;
  @ApiProperty({ description: 'Its place in the log of stock' })
  readonly position!: string;
}
