import { ApiProperty } from '@nestjs/swagger';

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
}
