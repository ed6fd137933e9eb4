import { z } from 'zod';
import { variantEventsTopic } from './variant-events-topic';

/** The account knows this SKU from now on. A bundle names its components and has no stock of its own. */
export const variantAddedV1 = {
  type: 'stockproof.catalog.variant-added.v1',
  topic: variantEventsTopic,
  schema: z.object({
    variantId: z.string().min(1),
    sku: z.string().min(1),
    name: z.string(),
    components: z.array(z.object({ sku: z.string().min(1), quantity: z.number().int().min(1) })),
  }),
} as const;

export type VariantAddedV1 = z.infer<typeof variantAddedV1.schema>;
