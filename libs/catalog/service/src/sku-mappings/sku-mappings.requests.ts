import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { callerOf, type Caller } from '@stockproof/access';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import type { FastifyRequest } from 'fastify';

/** Who asks, and about which name that the channel has. */
export type AddressedName = { readonly caller: Caller; readonly theirs: string };

export const AddressedName = createParamDecorator((_: unknown, context: ExecutionContext): AddressedName => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { caller: callerOf(request) as Caller, theirs: (request.params as { readonly theirs: string }).theirs };
});

/** Which SKU a name of the channel stands for. */
export class SkuMappingRequest {
  @ApiProperty({ example: 'TEA-100', maxLength: 200, description: 'As the catalog has it, in whatever spelling' })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  readonly sku!: string;
}

export class SkuMappingOfBatch extends SkuMappingRequest {
  @ApiProperty({ example: 'SHOP-4711', maxLength: 200, description: 'What the channel calls it' })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  readonly theirs!: string;
}

/** Many names at once; each has an outcome of its own. */
export class SkuMappingBatch {
  @ApiProperty({ type: [SkuMappingOfBatch], minItems: 1, maxItems: 500 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SkuMappingOfBatch)
  readonly mappings!: SkuMappingOfBatch[];
}

export class SkuMappingWritten {
  @ApiProperty()
  readonly theirs!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Null: the name is taken as it is' })
  readonly sku!: string | null;
  @ApiProperty({ type: 'integer', description: 'Revision of the mapping' })
  readonly revision!: number;
}

export class SkuMappingOutcome {
  @ApiProperty()
  readonly theirs!: string;
  @ApiProperty({ enum: ['mapped', 'refused'] })
  readonly outcome!: 'mapped' | 'refused';
  @ApiProperty({ type: String, nullable: true, description: 'Code of the problem, where it was refused', example: 'unknown-sku' })
  readonly code!: string | null;
}

export class SkuMappingBatchAnswer {
  @ApiProperty({ type: [SkuMappingOutcome], description: 'In the order of the request' })
  readonly outcomes!: readonly SkuMappingOutcome[];
}
