import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** The hold of an order is over. */
export const salesOrderHoldReleasedV1 = {
  type: 'stockproof.sales.sales-order-hold-released.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    /** `send`: it is approved and goes out; `edit`: it is a draft again. */
    to: z.enum(['send', 'edit']),
  }),
} as const;

export type SalesOrderHoldReleasedV1 = z.infer<typeof salesOrderHoldReleasedV1.schema>;
