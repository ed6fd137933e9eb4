import { ApiProperty } from '@nestjs/swagger';
import { ListQuery, QueryFlag } from '@stockproof/http-problems';

/** Which names of the channel to list. */
export class SkuMappingsQuery extends ListQuery {
  @QueryFlag({ description: 'Only names that were taken back, or only those that hold' })
  readonly removed?: boolean;
}

/** What the channel calls a SKU. */
export class SkuMappingDocument {
  @ApiProperty({ example: 'SHOP-4711' })
  readonly theirs!: string;
  @ApiProperty({ type: String, nullable: true, example: 'TEA-100', description: 'Null: it was taken back' })
  readonly sku!: string | null;
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
}
