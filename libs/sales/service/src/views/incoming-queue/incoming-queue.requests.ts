import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId, ListQuery } from '@stockproof/http-problems';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { IncomingProblem } from '../../incoming/incoming-orders.requests';

const states = ['received', 'waiting', 'taken', 'ignored', 'recorded'] as const;

/** Which incoming orders to list. */
export class IncomingOrdersQuery extends ListQuery {
  @ApiPropertyOptional({ enum: states })
  @IfPresent()
  @IsIn(states)
  readonly state?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfPresent()
  @IsId()
  readonly channelId?: string;

  @ApiPropertyOptional({ maxLength: 100, description: 'Of a problem, a warning, or what the shop itself says of it' })
  @IfPresent()
  @IsString()
  @MaxLength(100)
  readonly code?: string;
}

/** An order as it came in: nothing personal. */
export class IncomingOrderSummary {
  @ApiProperty({ format: 'uuid', description: 'Also the id of the order that comes of it' })
  readonly incomingId!: string;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  readonly channelId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: "The shop's number; null where nothing could be read" })
  readonly number!: string | null;
  @ApiProperty({ enum: ['push', 'poll', 'by-hand', 'file', 'api'] })
  readonly way!: string;
  @ApiProperty({ enum: states })
  readonly state!: string;
  @ApiProperty({ enum: ['open', 'cancelled', 'refunded', 'unpaid', 'failed', 'fulfilled'] })
  readonly shopState!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  readonly placedAt!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly receivedAt!: string;
  @ApiProperty({
    type: 'string',
    enum: ['created', 'revised', 'cancelled', 'kept'],
    nullable: true,
    description: 'What became of the order',
  })
  readonly effect!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why it is recorded or ignored' })
  readonly reason!: string | null;
  @ApiProperty({ type: [IncomingProblem] })
  readonly problems!: readonly IncomingProblem[];
  @ApiProperty({ type: [IncomingProblem] })
  readonly warnings!: readonly IncomingProblem[];
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
  @ApiProperty({ description: 'Its place in the log of sales' })
  readonly position!: string;
}

/** With what came, and what was read from it. */
export class IncomingOrderDetail extends IncomingOrderSummary {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'As it holds now; null: unreadable, or the person was forgotten',
  })
  readonly order!: object | null;
  @ApiProperty({ description: 'Whatever was received, unchanged', nullable: true, type: 'object', additionalProperties: true })
  readonly original!: unknown;
}
