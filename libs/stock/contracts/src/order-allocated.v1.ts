import { z } from 'zod';
import { allocationEventsTopic } from './allocation-events-topic';
import { missingUnitsSchema, promisedUnitsSchema } from './promised-units.v1';

/** Stock is promised to the order's shipments. Where partial fulfillment is on, something may be missing. */
export const orderAllocatedV1 = {
  type: 'stockproof.stock.order-allocated.v1',
  topic: allocationEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    attempt: z.number().int().min(1),
    units: z.array(promisedUnitsSchema).min(1),
    missing: z.array(missingUnitsSchema),
  }),
} as const;

export type OrderAllocatedV1 = z.infer<typeof orderAllocatedV1.schema>;
