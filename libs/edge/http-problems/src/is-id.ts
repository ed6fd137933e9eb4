import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsUUID } from 'class-validator';

const lower = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(lower) : typeof value === 'string' ? value.toLowerCase() : value;

/** A UUID, or with `each` a list of them, in lower case from here on: RFC 9562 takes either, and two spellings must not name two things. */
export const IsId = ({ each = false }: { readonly each?: boolean } = {}): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => lower(value)),
    IsUUID(undefined, { each }),
  );
