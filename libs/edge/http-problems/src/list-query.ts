import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { IfPresent } from './if-present';
import { QueryInteger } from './query-values';

/** Query parameters of every list; a list with filters extends it, and any other parameter is refused. */
export class ListQuery {
  @QueryInteger({ minimum: 1, maximum: 100, description: 'Items on a page', default: 50 })
  readonly limit: number = 50;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before', maxLength: 2000 })
  @IfPresent()
  @IsString()
  @MaxLength(2000)
  readonly cursor?: string;
}
