import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, ListQuery, QueryFlag } from '@stockproof/http-problems';
import { IsString, IsUUID, MaxLength } from 'class-validator';

/** Which discrepancies to list. */
export class DiscrepanciesQuery extends ListQuery {
  @QueryFlag({ description: 'true: only what nothing has explained yet; false: only what has been explained' })
  readonly open?: boolean;

  @ApiPropertyOptional({ maxLength: 200, description: 'Only of this SKU' })
  @IfPresent()
  @IsString()
  @MaxLength(200)
  readonly sku?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only at this physical warehouse' })
  @IfPresent()
  @IsUUID()
  readonly warehouseId?: string;
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
