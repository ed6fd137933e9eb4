import { z } from 'zod';

/** A line as it was ordered; a bundle names what one of it consists of. */
export const orderedLineSchema = z.object({
  lineId: z.string().min(1),
  sku: z.string().min(1),
  quantity: z.number().int().min(1),
  /** False for what is never shipped: a service, a download. */
  needsShipping: z.boolean(),
  components: z.array(z.object({ sku: z.string().min(1), quantity: z.number().int().min(1) })),
});
