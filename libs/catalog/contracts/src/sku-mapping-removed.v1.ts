import { z } from 'zod';
import { skuMappingEventsTopic } from './sku-mapping-events-topic';

/** The channel has no name of its own for this SKU any more: what it sends is taken as it is. */
export const skuMappingRemovedV1 = {
  type: 'stockproof.catalog.sku-mapping-removed.v1',
  topic: skuMappingEventsTopic,
  schema: z.object({ channelId: z.string().min(1), theirs: z.string().min(1) }),
} as const;

export type SkuMappingRemovedV1 = z.infer<typeof skuMappingRemovedV1.schema>;
