import { ApiProperty } from '@nestjs/swagger';

/** One time that a channel was told of products. */
export class ProductExportDocument {
  @ApiProperty({ format: 'uuid' })
  readonly exportId!: string;
  @ApiProperty({ format: 'uuid', description: 'The sales channel, or the warehouse of the fulfillment channel' })
  readonly placeId!: string;
  @ApiProperty({ type: 'integer' })
  readonly variantCount!: number;
  @ApiProperty({ type: [String], description: 'As the channel calls them' })
  readonly skus!: readonly string[];
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly answeredAt!: string | null;
  @ApiProperty({ type: String, enum: ['accepted', 'rejected'], nullable: true, description: 'null: no answer came yet, it is said again' })
  readonly outcome!: string | null;
  @ApiProperty({ type: String, nullable: true, description: "The channel's name for it, or why it refused" })
  readonly answer!: string | null;
}
