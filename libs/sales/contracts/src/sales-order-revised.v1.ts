import { z } from 'zod';
import { orderedLineSchema } from './ordered-line';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** Its channel said the order differently: these are all of its lines now. */
export const salesOrderRevisedV1 = {
  type: 'stockproof.sales.sales-order-revised.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    orderDate: z.string(),
    lines: z.array(orderedLineSchema),
  }),
} as const;

export type SalesOrderRevisedV1 = z.infer<typeof salesOrderRevisedV1.schema>;
