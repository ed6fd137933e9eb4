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
