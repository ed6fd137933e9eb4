import type { ServiceName } from '@stockproof/service-host';
import { z } from 'zod';
import { services } from '../services';

const names = services.map(({ name }) => name) as [ServiceName, ...ServiceName[]];

/** Says the same of every wrong value, and something else of one that is not there. */
const error =
  (wrong: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? 'is missing' : input === true ? 'needs a value' : wrong;

/** Text without control characters. */
export const text = (atMost: number, atLeast = 1) => {
  const wrong = `must have ${atLeast} to ${atMost} characters, none of them a control character`;
  return z
    .string({ error: error(wrong) })
    .min(atLeast, wrong)
    .max(atMost, wrong)
    .regex(/^\P{Cc}*$/u, wrong);
};

export const service = z.enum(names, { error: error(`must be one of ${names.join(', ')}`) });

/** `all`, or one of them. */
export const someServices = z
  .enum(['all', ...names], { error: error(`must be all or one of ${names.join(', ')}`) })
  .default('all')
  .transform((name) => services.filter((each) => name === 'all' || each.name === name));

const uuid = 'must be an id such as 0199b0f0-0000-7000-8000-000000000000';
export const accountId = z
  .string({ error: error(uuid) })
  .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, uuid)
  .transform((id) => id.toLowerCase());

/** A place in a service's log, as `lag` and exported events show it; `start` for the beginning, as the log names it. */
const place = 'must be start, or a position as lag and exported events (sourceposition) show it';
export const position = z
  .string({ error: error(place) })
  .regex(/^(start|\d{1,40}(-\d{1,40})?)$/, place)
  .transform((given) => (given === 'start' ? '' : given));

const seconds = 'must be a number of seconds from 1 to 3600';
/** In milliseconds; what is left out is `byDefault` seconds. */
export const timeout = (byDefault: number) =>
  z
    .string({ error: error(seconds) })
    .regex(/^\d{1,4}$/, seconds)
    .transform(Number)
    .refine((value) => value >= 1 && value <= 3_600, seconds)
    .default(byDefault)
    .transform((value) => value * 1_000);

const address = 'must be an address such as http://127.0.0.1:9464';
export const addresses = z
  .array(
    z
      .string({ error: error(address) })
      .refine((given) => URL.canParse(given) && ['http:', 'https:'].includes(new URL(given).protocol), address),
    { error: error(address) },
  )
  .max(50, 'may be given 50 times at most')
  .optional();

/** Off unless it is given. */
export const flag = z
  .literal(true, { error: 'takes no value' })
  .optional()
  .transform((given) => given === true);
