import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { callerOf, type Caller } from '@stockproof/access';
import type { Description } from '@stockproof/catalog-domain';
import { IfPresent } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { EditWarning } from '../product-source/edit-warning.requests';
import { References } from './references.requests';

/** Who asks, and about which SKU. */
export type AddressedVariant = { readonly caller: Caller; readonly sku: string };

export const AddressedVariant = createParamDecorator((_: unknown, context: ExecutionContext): AddressedVariant => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { caller: callerOf(request) as Caller, sku: (request.params as { readonly sku: string }).sku };
});

/** Absent and null are both nothing to validate; in a change they mean different things. */
const IfGiven = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined && value !== null);

const Millimetres = (): PropertyDecorator => (target, key) => {
  ApiProperty({ type: 'integer', minimum: 1, maximum: 100_000 })(target, key);
  IsInt()(target, key);
  Min(1)(target, key);
  Max(100_000)(target, key);
};

export class VariantSize {
  @Millimetres()
  readonly lengthMm!: number;
  @Millimetres()
  readonly widthMm!: number;
  @Millimetres()
  readonly heightMm!: number;
}

export class VariantPrice {
  @ApiProperty({ example: '3.90', description: 'Decimal text' })
  @IsString()
  @Matches(/^\d{1,12}(\.\d{1,4})?$/)
  readonly amount!: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217' })
  @IsString()
  @Matches(/^[A-Z]{3}$/)
  readonly currency!: string;
}

export class BundleComponent {
  @ApiProperty({ example: 'TEA-100', maxLength: 200 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10_000 })
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly quantity!: number;
}

/** A new variant. With components it is a bundle and has no stock of its own. */
export class VariantRequest {
  @ApiProperty({ example: 'TEA-100', maxLength: 200, description: 'Unique in the account after trimming, ignoring case; never changes' })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ maxLength: 300 })
  @IsString()
  @MaxLength(300)
  readonly name!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 100 })
  @IfGiven()
  @IsString()
  @MaxLength(100)
  readonly barcode?: string | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 0, maximum: 100_000_000 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  readonly weightG?: number | null;

  @ApiPropertyOptional({ type: VariantSize, nullable: true })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => VariantSize)
  readonly size?: VariantSize | null;

  @ApiPropertyOptional({ type: VariantPrice, nullable: true })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => VariantPrice)
  readonly price?: VariantPrice | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200, description: 'Which product it is a variant of; null: of none' })
  @IfGiven()
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  readonly productId?: string | null;

  @References()
  readonly references?: Record<string, string>;

  @ApiPropertyOptional({ type: [BundleComponent], maxItems: 100, description: 'Variants that are no bundles themselves; permanent' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BundleComponent)
  readonly components?: BundleComponent[];
}

/** What is sent is replaced, null empties it, the rest stays as it is. */
export class VariantChanges extends PickType(VariantRequest, ['barcode', 'weightG', 'size', 'price', 'productId', 'references'] as const) {
  @ApiPropertyOptional({ maxLength: 300 })
  @IfPresent()
  @IsString()
  @MaxLength(300)
  readonly name?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 100,
    example: ['TEA-250'],
    description: 'Other articles that may stand in for it, always all of them. Known here only: no import touches them',
  })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(/\S/, { each: true })
  @MaxLength(200, { each: true })
  readonly alternates?: string[];
}

/** Many new variants; each has an outcome of its own. */
export class VariantBatch {
  @ApiProperty({ type: [VariantRequest], minItems: 1, maxItems: 500 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => VariantRequest)
  readonly variants!: VariantRequest[];
}

export class VariantWritten {
  @ApiProperty({ format: 'uuid' })
  readonly variantId!: string;
  @ApiProperty({ description: 'As it was first written' })
  readonly sku!: string;
  @ApiProperty({ type: 'integer', description: 'Revision of the variant' })
  readonly revision!: number;
}

export class VariantEdited extends VariantWritten {
  @ApiProperty({ type: [EditWarning] })
  readonly warnings!: readonly EditWarning[];
}

export class VariantOutcome {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ enum: ['added', 'refused'] })
  readonly outcome!: 'added' | 'refused';
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly variantId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Code of the problem, where it was refused', example: 'sku-taken' })
  readonly code!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly detail!: string | null;
}

export class VariantBatchAnswer {
  @ApiProperty({ type: [VariantOutcome], description: 'In the order of the request' })
  readonly outcomes!: readonly VariantOutcome[];
}

/** What a request says of a variant, with nothing where it says nothing. */
export const describedIn = ({ name, references = {}, ...said }: VariantRequest): Description => {
  const { barcode = null, weightG = null, size = null, price = null, productId = null } = said;
  return { name, barcode, weightG, size: size && { ...size }, price: price && { ...price }, productId, references };
};

/** Only what was sent: absent fields of a request class may stand there as undefined. */
export const changesIn = ({ name, barcode, weightG, size, price, productId, references }: VariantChanges): Partial<Description> => {
  const all = { name, barcode, weightG, size: size && { ...size }, price: price && { ...price }, productId, references };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};
