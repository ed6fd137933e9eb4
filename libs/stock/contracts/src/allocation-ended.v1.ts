import { z } from 'zod';
import { allocationEventsTopic } from './allocation-events-topic';

/** Nothing of this attempt is promised any more, on any SKU. */
export const allocationEndedV1 = {
  type: 'stockproof.stock.allocation-ended.v1',
  topic: allocationEventsTopic,
  schema: z.object({ orderId: z.string().min(1), attempt: z.number().int().min(1) }),
} as const;

export type AllocationEndedV1 = z.infer<typeof allocationEndedV1.schema>;
