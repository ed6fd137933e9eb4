import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, ListQuery } from '@stockproof/http-problems';
import { IsString, MaxLength } from 'class-validator';

/** A list that may be narrowed to one SKU, to one place, or both. */
export class SkuAtWarehouseQuery extends ListQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'Only of this SKU' })
  @IfPresent()
  @IsString()
  @MaxLength(200)
  readonly sku?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only at this physical warehouse: a virtual one has nothing of its own' })
  @IfPresent()
  @IsId()
  readonly warehouseId?: string;
}
