import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, ListQuery, QueryFlag, QueryList } from '@stockproof/http-problems';
import { IsString, MaxLength } from 'class-validator';
import { BundleComponent, VariantPrice, VariantSize } from '../../variants/variants.requests';

/** Which variants to list. */
export class VariantsQuery extends ListQuery {
  @QueryList({ description: 'Only these SKUs, in whatever spelling', maximum: 100 })
  readonly sku?: string[];

  @QueryFlag({ description: 'Only archived ones, or only those that are sold' })
  readonly archived?: boolean;

  @ApiPropertyOptional({ maxLength: 200, description: 'Only variants of this product' })
  @IfPresent()
  @IsString()
  @MaxLength(200)
  readonly productId?: string;
}

/** Where a change came from. */
export class ChangeOrigin {
  @ApiProperty({ enum: ['stockproof', 'sales-channel', 'fulfillment-channel'] })
  readonly kind!: string;
  @ApiPropertyOptional({ description: 'The sales channel, or the warehouse of the fulfillment channel' })
  readonly id?: string;
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
  @ApiProperty({ type: String, nullable: true, description: 'What it is a variant of' })
  readonly productId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly productTitle!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly references!: Readonly<Record<string, string>>;
  @ApiProperty({ type: [String], description: 'Known here only' })
  readonly alternates!: readonly string[];
  @ApiProperty()
  readonly archived!: boolean;
  @ApiProperty({ type: ChangeOrigin, description: 'Where its last change came from' })
  readonly origin!: ChangeOrigin;
  @ApiProperty({ type: 'integer', description: 'As in the ETag of the single variant' })
  readonly revision!: number;
}
