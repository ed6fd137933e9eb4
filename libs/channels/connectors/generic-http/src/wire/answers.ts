import { z } from 'zod';
import { word } from './values';

/** One page of any feed; the items are read one by one, so that a bad one stops no other. */
export const pageAnswer = z.object({
  items: z.array(z.json()).max(10_000),
  nextCursor: z.string().max(1000),
  more: z.boolean().default(false),
});

/** What was handed over is known there under this name. */
export const acceptedAnswer = z.object({ externalId: word });

export const takenBackAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('cancelled') }),
  z.object({ outcome: z.literal('requested') }),
  z.object({ outcome: z.literal('refused'), code: z.string().default('refused'), message: z.string().default('the channel refused') }),
]);

/** A refusal; a body that cannot be read leaves the status to speak for itself. */
export const refusalAnswer = z.object({ code: z.string().max(200), message: z.string().max(1000) });
