import { ApiProperty } from '@nestjs/swagger';
import { fulfillmentJobKinds } from '@stockproof/tenancy-contracts';
import type { ChannelStatus, FulfillmentChannel, JobPeriodsMs } from '@stockproof/tenancy-domain';
import { WarehouseCarrierMapping } from '../../account/account-warehouses.requests';
import { channelStatuses, jobPeriodsSchema } from '../../account/channel-work.requests';

export class FulfillmentChannelDocument {
  @ApiProperty({ format: 'uuid' })
  readonly channelId!: string;
  @ApiProperty({ enum: ['none', 'connector'] })
  readonly applicationType!: 'none' | 'connector';
  @ApiProperty({ type: String, nullable: true })
  readonly connector!: string | null;
  @ApiProperty({ enum: ['managed-here', 'managed-by-warehouse'] })
  readonly backOrderMode!: 'managed-here' | 'managed-by-warehouse';
  @ApiProperty({ enum: ['on-hand', 'available'] })
  readonly reportMeaning!: 'on-hand' | 'available';
  @ApiProperty()
  readonly finalReceipts!: boolean;
  @ApiProperty({ type: String, nullable: true })
  readonly endpointUrl!: string | null;
  @ApiProperty({ description: 'Credentials are write-only' })
  readonly hasCredentials!: boolean;
  @ApiProperty({ enum: channelStatuses, description: 'Its jobs run only while it is active' })
  readonly status!: ChannelStatus;
  @ApiProperty(jobPeriodsSchema(fulfillmentJobKinds))
  readonly jobPeriodsMs!: JobPeriodsMs;
  @ApiProperty({ type: [WarehouseCarrierMapping] })
  readonly carrierMappings!: FulfillmentChannel['carrierMappings'];
}

export class AccountWarehouseDocument {
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ example: 'NORTH' })
  readonly code!: string;
  @ApiProperty({ enum: ['physical', 'virtual'] })
  readonly kind!: 'physical' | 'virtual';
  @ApiProperty({ type: 'integer' })
  readonly priority!: number;
  @ApiProperty({ type: [String] })
  readonly members!: readonly string[];
  @ApiProperty({ type: FulfillmentChannelDocument, nullable: true, description: 'null for a virtual warehouse' })
  readonly fulfillmentChannel!: FulfillmentChannelDocument | null;
}
