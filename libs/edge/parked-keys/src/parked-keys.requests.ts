import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class SkipParkedKey {
  @ApiProperty({
    description: 'Why the message at fault is given up; kept with it',
    minLength: 3,
    maxLength: 1000,
    example: 'The order was entered twice.',
  })
  @IsString()
  @Length(3, 1000)
  readonly reason!: string;
}

export class WaitingMessage {
  @ApiProperty() readonly id!: string;
  @ApiProperty({ example: 'stockproof.sales.sales-order-approved.v1' }) readonly type!: string;
  @ApiProperty({ example: 'stockproof.sales.sales-order-events.v1' }) readonly topic!: string;
  @ApiProperty({ description: 'Id of the aggregate that the message speaks of' }) readonly subject!: string;
  @ApiProperty({ type: 'integer' }) readonly sequence!: number;
}

export class ParkedKeyView {
  @ApiProperty({ description: 'The consumer group that cannot go on with this key', example: 'stock.allocation' }) readonly group!: string;
  @ApiProperty({ description: 'What must stay in order' }) readonly orderingKey!: string;
  @ApiProperty({ description: 'Why the message at fault could not be handled' }) readonly reason!: string;
  @ApiProperty({ format: 'date-time' }) readonly parkedAt!: string;
  @ApiProperty({ type: 'integer', description: 'Messages that wait, the one at fault included' }) readonly events!: number;
  @ApiProperty({ type: WaitingMessage, nullable: true, description: 'The message at fault' }) readonly first!: WaitingMessage | null;
  @ApiProperty({ enum: ['replay', 'skip'], nullable: true, type: String, description: 'What was asked for and is not done yet' })
  readonly request!: 'replay' | 'skip' | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly lastTriedAt!: string | null;
}

export class ParkedKeyRequested {
  @ApiProperty() readonly group!: string;
  @ApiProperty() readonly orderingKey!: string;
  @ApiProperty({ enum: ['replay', 'skip'] }) readonly request!: 'replay' | 'skip';
}
