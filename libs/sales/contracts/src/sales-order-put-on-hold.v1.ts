import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** Stock is to be kept for the order until somebody, or a timer, releases it. */
export const salesOrderPutOnHoldV1 = {
  type: 'stockproof.sales.sales-order-put-on-hold.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    /** It is sent by itself then; `null`: somebody releases it. */
    releaseAt: z.string().nullable(),
  }),
} as const;

export type SalesOrderPutOnHoldV1 = z.infer<typeof salesOrderPutOnHoldV1.schema>;
