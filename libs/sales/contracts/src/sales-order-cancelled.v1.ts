import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** The order is over; nothing more of it leaves. */
export const salesOrderCancelledV1 = {
  type: 'stockproof.sales.sales-order-cancelled.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
  }),
} as const;

export type SalesOrderCancelledV1 = z.infer<typeof salesOrderCancelledV1.schema>;
