import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import { ValidateBy } from 'class-validator';

const mostReferences = 50;
const longestName = 100;
const longestValue = 500;

/** Whether it is a plain object of short texts, and not too many. */
export const areReferences = (value: unknown): value is Readonly<Record<string, string>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  const fits = ([name, text]: readonly [string, unknown]) =>
    name.trim() !== '' && name.length <= longestName && typeof text === 'string' && text.length <= longestValue;
  return entries.length <= mostReferences && entries.every(fits);
};

/** What others call a thing, by the name of who or what. */
export const References = (): PropertyDecorator => (target, key) => {
  ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: longestValue },
    maxProperties: mostReferences,
    example: { supplier: 'L-4711' },
    description: 'What others call it, by the name of who or what; always all of them',
  })(target, key);
  IfPresent()(target, key);
  ValidateBy({
    name: 'references',
    validator: {
      validate: areReferences,
      defaultMessage: () =>
        `names of up to ${longestName} characters with texts of up to ${longestValue}, at most ${mostReferences} of them`,
    },
  })(target, key);
};
