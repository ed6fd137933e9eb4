import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { by, CarrierServiceRequest } from './channel-work.requests';

const most = 1_000_000_000;

export class ShopCarrierMapping extends CarrierServiceRequest {
  @ApiProperty({ description: 'What the shop calls it', example: 'dhl_express', minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  readonly theirs!: string;
}

export class ShopWarehouseMapping {
  @ApiProperty({ description: 'What the shop calls it', example: 'loc-1', minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  readonly theirs!: string;

  @ApiProperty({ format: 'uuid', description: 'Enabled for the account' })
  @IsId()
  readonly warehouseId!: string;
}

export class StockRule {
  @ApiProperty({ format: 'uuid', description: 'One of the published warehouses' })
  @IsId()
  readonly warehouseId!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, default: 0, description: 'Kept back from the available figure' })
  @IfPresent()
  @IsInt()
  @Min(0)
  @Max(most)
  readonly buffer: number = 0;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 100, default: 100, description: 'Of what is left, rounded down' })
  @IfPresent()
  @IsInt()
  @Min(0)
  @Max(100)
  readonly percentage: number = 100;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 0, description: 'Never more than this; null: no cap' })
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsInt()
  @Min(0)
  @Max(most)
  readonly cap: number | null = null;

  @ApiPropertyOptional({ type: [String], default: [], maxItems: 1_000, description: 'Always published as 0' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(1_000)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  readonly excludedSkus: readonly string[] = [];
}

export class StockPublicationRequest {
  @ApiProperty({ enum: ['off', 'changes', 'full'], description: 'Not at all, as it changes, or all of it each time' })
  @IsIn(['off', 'changes', 'full'])
  readonly mode!: 'off' | 'changes' | 'full';

  @ApiPropertyOptional({ type: [StockRule], maxItems: 200, description: 'A published warehouse without a rule is published as it is' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique(by<StockRule>(({ warehouseId }) => warehouseId))
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StockRule)
  readonly rules: readonly StockRule[] = [];
}
