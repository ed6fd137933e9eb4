import { isStorableText, parseInstant } from '@stockproof/vocabulary';
import { z } from 'zod';

/** Text that every store can keep, up to a length. */
export const text = (max: number) => z.string().max(max).refine(isStorableText, 'holds characters that cannot be stored');
export const word = text(200).min(1);
export const optionalWord = text(200).nullable().default(null);
export const count = z.int().min(0).max(1_000_000_000);

/** Any ISO 8601 moment with a zone, kept in UTC. */
export const instant = z.string().transform((written, context) => {
  const at = parseInstant(written);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'is not a moment with a time zone, such as 2026-03-01T08:00:00Z' });
  return z.NEVER;
});

/** Every problem of an unreadable value in one line, each with its place. */
export const problemsOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 10)
    .map(({ path, message }) => `${path.join('.') || 'value'}: ${message}`)
    .join('; ');
