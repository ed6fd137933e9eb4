import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '@stockproof/decider';
import { IfPresent, IsId } from '@stockproof/http-problems';
import { salesJobKinds } from '@stockproof/tenancy-contracts';
import type { ChannelStatus, JobPeriodsMs } from '@stockproof/tenancy-domain';
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
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { by, channelStatuses, endpointUrlText, IsEndpointUrl, JobPeriods } from './channel-work.requests';
import { ShopCarrierMapping, ShopWarehouseMapping, StockPublicationRequest } from './sales-channel-parts.requests';

const unlessNull = (_: unknown, value: unknown): boolean => value !== null && value !== undefined;
const longestHoldMs = 30 * 24 * 3_600_000;

/** What may be said of a sales channel at any time; absent: as it was. */
export class SalesChannelSettings {
  @ApiPropertyOptional({ format: 'uri', type: String, nullable: true, description: endpointUrlText, example: 'http://127.0.0.1:3900/shop' })
  @ValidateIf(unlessNull)
  @IsEndpointUrl()
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
  @IsId({ each: true })
  readonly publishedWarehouses?: readonly string[];

  @JobPeriods(salesJobKinds)
  readonly jobPeriodsMs?: JobPeriodsMs;

  @ApiPropertyOptional({ type: [ShopCarrierMapping], maxItems: 500, description: 'All of them; an unmapped code is a warning' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique(by<ShopCarrierMapping>(({ theirs }) => theirs))
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ShopCarrierMapping)
  readonly carrierMappings?: readonly ShopCarrierMapping[];

  @ApiPropertyOptional({
    type: [ShopWarehouseMapping],
    maxItems: 500,
    description: 'All of them; a code that stands nowhere here is the code of the warehouse itself',
  })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique(by<ShopWarehouseMapping>(({ theirs }) => theirs))
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ShopWarehouseMapping)
  readonly warehouseMappings?: readonly ShopWarehouseMapping[];

  @ApiPropertyOptional({ type: StockPublicationRequest, description: 'How stock goes to the shop, with all rules' })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => StockPublicationRequest)
  readonly stockPublication?: StockPublicationRequest;
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

  @ApiPropertyOptional({ enum: channelStatuses, default: 'active', description: 'Its jobs run only while it is active' })
  @IfPresent()
  @IsIn(channelStatuses)
  readonly status?: ChannelStatus;
}

export class CreatedSalesChannel {
  @ApiProperty({ format: 'uuid' })
  readonly channelId!: string;
}
