import { z } from 'zod';
import { skuMappingEventsTopic } from './sku-mapping-events-topic';

/** A channel's name of a SKU: what comes from it under `theirs` is `sku` here, and the other way round. Said again: the latest holds. */
export const skuMappedV1 = {
  type: 'stockproof.catalog.sku-mapped.v1',
  topic: skuMappingEventsTopic,
  schema: z.object({ channelId: z.string().min(1), theirs: z.string().min(1), sku: z.string().min(1) }),
} as const;

export type SkuMappedV1 = z.infer<typeof skuMappedV1.schema>;
