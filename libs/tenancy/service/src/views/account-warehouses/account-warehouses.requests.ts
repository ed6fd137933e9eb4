import { ApiProperty } from '@nestjs/swagger';

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
