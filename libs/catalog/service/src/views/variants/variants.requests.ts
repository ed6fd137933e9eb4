import { ApiProperty } from '@nestjs/swagger';
import { ListQuery, QueryFlag, QueryList } from '@stockproof/http-problems';
import { BundleComponent, VariantPrice, VariantSize } from '../../variants/variants.requests';

/** Which variants to list. */
export class VariantsQuery extends ListQuery {
  @QueryList({ description: 'Only these SKUs, in whatever spelling', maximum: 100 })
  readonly sku?: string[];

  @QueryFlag({ description: 'Only archived ones, or only those that are sold' })
  readonly archived?: boolean;
}

/** What is sold under one SKU. */
export class VariantDocument {
  @ApiProperty({ format: 'uuid' })
  readonly variantId!: string;
  @ApiProperty({ example: 'TEA-100' })
  readonly sku!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly barcode!: string | null;
  @ApiProperty({ type: 'integer', nullable: true })
  readonly weightG!: number | null;
  @ApiProperty({ type: VariantSize, nullable: true })
  readonly size!: VariantSize | null;
  @ApiProperty({ type: VariantPrice, nullable: true })
  readonly price!: VariantPrice | null;
  @ApiProperty({ type: [BundleComponent], description: 'Empty for anything but a bundle' })
  readonly components!: readonly BundleComponent[];
  @ApiProperty()
  readonly archived!: boolean;
  @ApiProperty({ type: 'integer', description: 'As in the ETag of the single variant' })
  readonly revision!: number;
}
