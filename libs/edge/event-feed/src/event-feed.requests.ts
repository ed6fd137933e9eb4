import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, QueryInteger, QueryList } from '@stockproof/http-problems';
import { IsString, MaxLength } from 'class-validator';

/** Shorter than a process takes to end: who waits then gets the answer still. */
const longestWaitMs = 10_000;

/** Where a reader of a feed goes on, how much it takes at once, and how long it waits where there is nothing yet. */
export class FeedQuery {
  @ApiPropertyOptional({
    description: '`next` of the page before, or a `Stockproof-Position` of this service; left out: from the beginning',
    maxLength: 2000,
  })
  @IfPresent()
  @IsString()
  @MaxLength(2000)
  readonly after?: string;

  @QueryInteger({ minimum: 1, maximum: 100, description: 'At most so many at once', default: 50 })
  readonly limit: number = 50;

  @QueryInteger({
    minimum: 0,
    maximum: longestWaitMs,
    description: 'Where there is nothing yet, wait for it so many milliseconds',
    default: 0,
  })
  readonly waitMs: number = 0;
}

export class EventsQuery extends FeedQuery {
  @QueryList({ description: 'Only events of these types, such as `stockproof.stock.stock-changed.v1`', maximum: 50 })
  readonly type?: string[];
}

/** A CloudEvent 1.0 in structured mode: what a topic carries as headers and payload. */
export class FeedEvent {
  @ApiProperty({ enum: ['1.0'] }) readonly specversion!: '1.0';
  @ApiProperty({ format: 'uuid', description: 'The same wherever and however often it is told' }) readonly id!: string;
  @ApiProperty({ description: 'The log that the event stands in', example: 'stockproof/stock/0199b0f0-0000-7000-8000-000000000000' })
  readonly source!: string;
  @ApiProperty({ description: 'Context, event and version', example: 'stockproof.stock.stock-changed.v1' }) readonly type!: string;
  @ApiProperty({ description: 'Id of the aggregate' }) readonly subject!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was recorded' }) readonly time!: string;
  @ApiProperty({ enum: ['application/json'] }) readonly datacontenttype!: 'application/json';
  @ApiProperty({ format: 'uuid' }) readonly organizationid!: string;
  @ApiProperty({ format: 'uuid' }) readonly accountid!: string;
  @ApiProperty({ description: 'Events of one key are told in order' }) readonly orderingkey!: string;
  @ApiProperty({ type: 'integer', description: 'Revision of the stream: never falls for a subject' }) readonly sequence!: number;
  @ApiProperty({ description: 'Position in the log of the source' }) readonly sourceposition!: string;
  @ApiProperty({ description: 'The request that all of this began with' }) readonly correlationid!: string;
  @ApiProperty({ description: 'What led to it' }) readonly causationid!: string;
  @ApiPropertyOptional({ description: 'W3C trace context' }) readonly traceparent?: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As the contract of the type says' })
  readonly data!: object;
}

export class EventFeedPage {
  @ApiProperty({ type: [FeedEvent], description: 'Fewer than asked for, or none, does not mean that there are no more: go on at `next`' })
  readonly events!: readonly FeedEvent[];
  @ApiProperty({ type: String, nullable: true, description: 'Where to go on; null while the account has no event at all' })
  readonly next!: string | null;
}
