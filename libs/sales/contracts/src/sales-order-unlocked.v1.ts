import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** An approved order is a draft again. */
export const salesOrderUnlockedV1 = {
  type: 'stockproof.sales.sales-order-unlocked.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
  }),
} as const;

export type SalesOrderUnlockedV1 = z.infer<typeof salesOrderUnlockedV1.schema>;
