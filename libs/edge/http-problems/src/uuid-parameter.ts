import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { validate } from 'uuid';
import { knownProblems } from './known-problems';
import { ProblemException } from './problem-exception';

const uuidOr404: PipeTransform<string, string> = {
  transform: (text) => {
    if (!validate(text)) throw new ProblemException(knownProblems.notFound);
    return text.toLowerCase();
  },
};

/** An id in the path. What cannot be an id names nothing: 404. */
export const UuidParam =
  (name: string): ParameterDecorator =>
  (target, key, index) => {
    Param(name, uuidOr404)(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key === undefined || descriptor === undefined) return;
    ApiParam({ name, schema: { type: 'string', format: 'uuid' } })(target, key, descriptor);
  };
