import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '@stockproof/decider';
import { IfPresent } from '@stockproof/http-problems';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';

const unlessNull = (_: unknown, value: unknown): boolean => value !== null && value !== undefined;
const longestHoldMs = 30 * 24 * 3_600_000;

class SalesChannelSettings {
  @ApiPropertyOptional({ format: 'uri', type: String, nullable: true, example: 'http://127.0.0.1:3900/shop' })
  @ValidateIf(unlessNull)
  @IsUrl({ protocols: ['http', 'https'], require_tld: false, require_protocol: true })
  @MaxLength(2_000)
  readonly endpointUrl?: string | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Write-only; absent: as they were' })
  @IfPresent()
  @IsObject()
  readonly credentials?: JsonObject;

  @ApiPropertyOptional({ enum: ['draft', 'approved'], nullable: true, description: 'null: as the account has it' })
  @ValidateIf(unlessNull)
  @IsIn(['draft', 'approved'])
  readonly defaultOrderStatus?: 'draft' | 'approved' | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, description: 'New orders wait on hold for this long' })
  @ValidateIf(unlessNull)
  @IsInt()
  @Min(0)
  @Max(longestHoldMs)
  readonly holdDelayMs?: number | null;

  @ApiPropertyOptional({ type: [String], description: 'Warehouses whose available figures are published here' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  readonly publishedWarehouses?: readonly string[];
}

export class SalesChannelEditRequest extends SalesChannelSettings {
  @ApiPropertyOptional()
  @IfPresent()
  @IsString()
  @Length(1, 200)
  readonly name?: string;
}

export class SalesChannelRequest extends SalesChannelSettings {
  @ApiProperty({ description: 'Unique in the account; never changes', example: 'webshop' })
  @IsString()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/)
  readonly code!: string;

  @ApiProperty({ example: 'Web shop' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiProperty({ description: 'Name of the connector; never changes', example: 'generic-http' })
  @IsString()
  @Length(1, 100)
  readonly connector!: string;
}

export class CreatedSalesChannel {
  @ApiProperty({ format: 'uuid' })
  readonly channelId!: string;
}
