import { ApiProperty } from '@nestjs/swagger';
import { salesJobKinds } from '@stockproof/tenancy-contracts';
import type { SalesChannel } from '@stockproof/tenancy-domain';
import { channelStatuses, jobPeriodsSchema } from '../../account/channel-work.requests';
import { ShopCarrierMapping, ShopWarehouseMapping, StockPublicationRequest } from '../../account/sales-channel-parts.requests';

export class SalesChannelDocument {
  @ApiProperty({ format: 'uuid' })
  readonly channelId!: string;
  @ApiProperty({ example: 'webshop' })
  readonly code!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ example: 'generic-http' })
  readonly connector!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly endpointUrl!: string | null;
  @ApiProperty({ description: 'Credentials are write-only' })
  readonly hasCredentials!: boolean;
  @ApiProperty({ enum: ['draft', 'approved'], nullable: true })
  readonly defaultOrderStatus!: 'draft' | 'approved' | null;
  @ApiProperty({ type: 'integer', nullable: true })
  readonly holdDelayMs!: number | null;
  @ApiProperty({ type: [String] })
  readonly publishedWarehouses!: readonly string[];
  @ApiProperty({ enum: channelStatuses, description: 'Its jobs run only while it is active' })
  readonly status!: SalesChannel['status'];
  @ApiProperty(jobPeriodsSchema(salesJobKinds))
  readonly jobPeriodsMs!: SalesChannel['jobPeriodsMs'];
  @ApiProperty({ type: [ShopCarrierMapping] })
  readonly carrierMappings!: SalesChannel['carrierMappings'];
  @ApiProperty({ type: [ShopWarehouseMapping] })
  readonly warehouseMappings!: SalesChannel['warehouseMappings'];
  @ApiProperty({ type: StockPublicationRequest, description: 'How stock goes to the shop' })
  readonly stockPublication!: SalesChannel['stockPublication'];
}
