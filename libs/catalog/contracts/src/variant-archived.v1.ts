import { z } from 'zod';
import { variantEventsTopic } from './variant-events-topic';

/** The SKU is no longer sold; what was ordered before stays as it is. */
export const variantArchivedV1 = {
  type: 'stockproof.catalog.variant-archived.v1',
  topic: variantEventsTopic,
  schema: z.object({ variantId: z.string().min(1), sku: z.string().min(1) }),
} as const;

export type VariantArchivedV1 = z.infer<typeof variantArchivedV1.schema>;
