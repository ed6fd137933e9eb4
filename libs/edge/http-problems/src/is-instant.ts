import { parseInstant } from '@stockproof/vocabulary';
import { ValidateBy, buildMessage } from 'class-validator';

/** ISO 8601 with date, time and zone: anything less could mean several moments, and a guess would be recorded for ever. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && value.length <= 40 && parseInstant(value) !== null,
      defaultMessage: buildMessage((each) => `${each}$property must be a moment with its zone, like 2026-01-31T12:00:00Z`),
    },
  });
