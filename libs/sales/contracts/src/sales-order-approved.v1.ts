import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** A draft is valid and ready to be allocated. */
export const salesOrderApprovedV1 = {
  type: 'stockproof.sales.sales-order-approved.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
  }),
} as const;

export type SalesOrderApprovedV1 = z.infer<typeof salesOrderApprovedV1.schema>;
