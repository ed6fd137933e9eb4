import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** Stock was asked and has too little: the order waits for what is missing. */
export const salesOrderBackorderedV1 = {
  type: 'stockproof.sales.sales-order-backordered.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    missing: z.array(z.object({ lineId: z.string().min(1), sku: z.string().min(1), quantity: z.number().int().min(1) })),
  }),
} as const;

export type SalesOrderBackorderedV1 = z.infer<typeof salesOrderBackorderedV1.schema>;
