import { z } from 'zod';
import { allocationEventsTopic } from './allocation-events-topic';
import { missingUnitsSchema } from './promised-units.v1';

/** There is not enough: the order waits, and is tried again by itself when stock appears. Where the attempt was to move a shipment, it stays where it is. */
export const orderNotAllocatedV1 = {
  type: 'stockproof.stock.order-not-allocated.v1',
  topic: allocationEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    attempt: z.number().int().min(1),
    missing: z.array(missingUnitsSchema),
    reasons: z.array(z.string()),
  }),
} as const;

export type OrderNotAllocatedV1 = z.infer<typeof orderNotAllocatedV1.schema>;
