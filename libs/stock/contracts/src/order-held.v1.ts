import { z } from 'zod';
import { allocationEventsTopic } from './allocation-events-topic';
import { missingUnitsSchema, promisedUnitsSchema } from './promised-units.v1';

/** Stock is kept for the order until the hold is released; said again when it was moved. */
export const orderHeldV1 = {
  type: 'stockproof.stock.order-held.v1',
  topic: allocationEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    attempt: z.number().int().min(1),
    units: z.array(promisedUnitsSchema),
    missing: z.array(missingUnitsSchema),
  }),
} as const;

export type OrderHeldV1 = z.infer<typeof orderHeldV1.schema>;
