import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** Stock keeps these units for an order on hold; what is missing it waits for. */
export const stockHeldForOrderV1 = {
  type: 'stockproof.sales.stock-held-for-order.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    units: z.array(
      z.object({ lineId: z.string().min(1), sku: z.string().min(1), warehouseId: z.string().min(1), quantity: z.number().int().min(1) }),
    ),
    missing: z.array(z.object({ lineId: z.string().min(1), sku: z.string().min(1), quantity: z.number().int().min(1) })),
  }),
} as const;

export type StockHeldForOrderV1 = z.infer<typeof stockHeldForOrderV1.schema>;
