import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { IfPresent } from './if-present';

type Documented = { readonly description: string };
type IntegerOptions = Documented & { readonly minimum: number; readonly maximum: number; readonly default?: number };

const integer = (text: unknown): unknown => (typeof text === 'string' && /^-?\d{1,15}$/.test(text) ? Number(text) : text);
const flag = (text: unknown): unknown => (text === 'true' ? true : text === 'false' ? false : text);
const list = (text: unknown): unknown => (typeof text === 'string' ? text.split(',') : text);

/** An optional whole number in the query: decimal digits and nothing else (`1e1`, `0x10` and the empty text are refused). */
export const QueryInteger = ({ description, minimum, maximum, ...more }: IntegerOptions): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', description, minimum, maximum, ...more }),
    IfPresent(),
    Transform(({ value }) => integer(value)),
    IsInt(),
    Min(minimum),
    Max(maximum),
  );

/** An optional `true` or `false` in the query. */
export const QueryFlag = ({ description }: Documented): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'boolean', description }),
    IfPresent(),
    Transform(({ value }) => flag(value)),
    IsBoolean(),
  );

/** An optional list in the query, separated by commas or given several times. */
export const QueryList = ({ description, maximum = 100 }: Documented & { readonly maximum?: number }): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'array', items: { type: 'string' }, maxItems: maximum, description }),
    IfPresent(),
    Transform(({ value }) => list(value)),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(maximum),
    IsString({ each: true }),
    MaxLength(200, { each: true }),
  );
