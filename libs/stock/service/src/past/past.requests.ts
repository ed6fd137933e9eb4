import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, ListQuery } from '@stockproof/http-problems';
import { buildMessage, ValidateBy } from 'class-validator';
import { isMomentOrPosition, momentOrPosition, type Moments } from './moments';

const MomentOrPosition = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'string', maxLength: 250, example: '2026-01-31T12:00:00Z', description }),
    IfPresent(),
    ValidateBy({
      name: 'momentOrPosition',
      validator: { validate: isMomentOrPosition, defaultMessage: buildMessage((each) => `${each}$property ${momentOrPosition}`) },
    }),
  );

/** A list that can be asked about the past. */
export class PastQuery extends ListQuery {
  @MomentOrPosition(
    'Count what had happened by then: a moment with its zone, or a `Stockproof-Position` of stock. Default: now. Must not lie ahead',
  )
  readonly asOf?: string;

  @MomentOrPosition('Count only what had been recorded by then, in the same form. Default: now. May lie before `asOf`')
  readonly knownAt?: string;
}

/** A moment, and the place in the log of stock that it stands for. */
export class ResolvedPoint {
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The last place in the log of stock that mattered to the account by then; null where nothing had happened yet',
  })
  readonly position!: string | null;
}

/** What a question about the past was about. */
export class ResolvedMoments {
  @ApiProperty({ type: ResolvedPoint })
  readonly asOf!: ResolvedPoint;
  @ApiProperty({ type: ResolvedPoint })
  readonly knownAt!: ResolvedPoint;
}

export const resolvedMoments = ({ asOf, knownAt }: Moments): ResolvedMoments => ({ asOf, knownAt });
