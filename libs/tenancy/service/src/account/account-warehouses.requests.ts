import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  Length,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { JsonObject } from '@stockproof/decider';
import { fulfillmentJobKinds } from '@stockproof/tenancy-contracts';
import type { ChannelStatus, JobPeriodsMs } from '@stockproof/tenancy-domain';
import { by, CarrierServiceRequest, channelStatuses, endpointUrlText, IsEndpointUrl, JobPeriods } from './channel-work.requests';

const ofConnectorOrSent = ({ applicationType }: FulfillmentChannelRequest, value: unknown): boolean =>
  applicationType === 'connector' || value !== undefined;

export class WarehouseCarrierMapping extends CarrierServiceRequest {
  @ApiProperty({ type: CarrierServiceRequest, description: 'What the warehouse calls it' })
  @IsObject()
  @ValidateNested()
  @Type(() => CarrierServiceRequest)
  readonly theirs!: CarrierServiceRequest;
}

export class FulfillmentChannelRequest {
  @ApiPropertyOptional({
    enum: ['none', 'connector'],
    default: 'none',
    description: '`none`: shipments and receipts are confirmed by hand',
  })
  @IfPresent()
  @IsIn(['none', 'connector'])
  readonly applicationType: 'none' | 'connector' = 'none';

  @ApiPropertyOptional({ description: 'Name of the connector; needed with application type `connector`', example: 'generic-http' })
  @ValidateIf(ofConnectorOrSent)
  @IsString()
  @Length(1, 100)
  readonly connector?: string;

  @ApiPropertyOptional({ enum: ['managed-here', 'managed-by-warehouse'], default: 'managed-here' })
  @IfPresent()
  @IsIn(['managed-here', 'managed-by-warehouse'])
  readonly backOrderMode: 'managed-here' | 'managed-by-warehouse' = 'managed-here';

  @ApiPropertyOptional({ enum: ['on-hand', 'available'], default: 'on-hand', description: 'What the figures in its stock reports mean' })
  @IfPresent()
  @IsIn(['on-hand', 'available'])
  readonly reportMeaning: 'on-hand' | 'available' = 'on-hand';

  @ApiPropertyOptional({ type: 'boolean', default: false, description: 'Whether each receipt closes its purchase order' })
  @IfPresent()
  @IsBoolean()
  readonly finalReceipts: boolean = false;

  @ApiPropertyOptional({ format: 'uri', description: endpointUrlText, example: 'http://127.0.0.1:3900/warehouse' })
  @IfPresent()
  @IsEndpointUrl()
  readonly endpointUrl?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Write-only; absent: as they were' })
  @IfPresent()
  @IsObject()
  readonly credentials?: JsonObject;

  @ApiPropertyOptional({ enum: channelStatuses, description: 'Its jobs run only while it is active; absent: as it was, at first active' })
  @IfPresent()
  @IsIn(channelStatuses)
  readonly status?: ChannelStatus;

  @JobPeriods(fulfillmentJobKinds)
  readonly jobPeriodsMs: JobPeriodsMs = {};

  @ApiPropertyOptional({
    type: [WarehouseCarrierMapping],
    maxItems: 500,
    description: 'An unmapped service is a warning and goes as it is',
  })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique(by<WarehouseCarrierMapping>(({ carrierCode, serviceCode }) => JSON.stringify([carrierCode, serviceCode])))
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => WarehouseCarrierMapping)
  readonly carrierMappings: readonly WarehouseCarrierMapping[] = [];
}

export class EnableWarehouseRequest {
  @ApiPropertyOptional({ type: FulfillmentChannelRequest, description: 'Of a physical warehouse; absent: no warehouse system behind it' })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => FulfillmentChannelRequest)
  readonly fulfillmentChannel?: FulfillmentChannelRequest;
}

export class EnabledWarehouseDocument {
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  readonly channelId!: string | null;
}
