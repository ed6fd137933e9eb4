import { ApiProperty } from '@nestjs/swagger';

/** One time that a shop was told what may be sold. */
export class StockPublication {
  @ApiProperty({ format: 'uuid' }) readonly publicationId!: string;
  @ApiProperty({ format: 'uuid', description: 'The sales channel' }) readonly channelId!: string;
  @ApiProperty({ enum: ['full', 'changes'] }) readonly mode!: string;
  @ApiProperty({ type: 'integer', description: 'How many figures' }) readonly rowCount!: number;
  @ApiProperty({ format: 'date-time' }) readonly createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly answeredAt!: string | null;
  @ApiProperty({ type: String, enum: ['accepted', 'rejected'], nullable: true, description: 'null: no answer came yet, it is said again' })
  readonly outcome!: string | null;
  @ApiProperty({ type: String, nullable: true, description: "The shop's name for it, or why it refused" }) readonly answer!: string | null;
}

export class PublishedFigure {
  @ApiProperty({ description: "The shop's name of the SKU" }) readonly sku!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: for the shop as a whole' }) readonly warehouseCode!: string | null;
  @ApiProperty({ type: 'integer', minimum: 0 }) readonly quantity!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Before the rule of the channel; null: it is no longer offered' })
  readonly available!: number | null;
}

export class StockPublicationDetail extends StockPublication {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What was published and how, as the channel was set up then' })
  readonly rules!: object;
  @ApiProperty({ type: [PublishedFigure] }) readonly rows!: readonly PublishedFigure[];
}
