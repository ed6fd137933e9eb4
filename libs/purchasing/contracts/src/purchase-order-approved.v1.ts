import { z } from 'zod';
import { purchaseOrderEventsTopic } from './purchase-order-events-topic';

/** Goods are on their way: incoming rises by these quantities. */
export const purchaseOrderApprovedV1 = {
  type: 'stockproof.purchasing.purchase-order-approved.v1',
  topic: purchaseOrderEventsTopic,
  schema: z.object({
    purchaseOrderId: z.string().min(1),
    number: z.string(),
    warehouseId: z.string().min(1),
    lines: z.array(z.object({ lineId: z.string().min(1), sku: z.string().min(1), quantity: z.number().int().min(1) })).min(1),
  }),
} as const;

export type PurchaseOrderApprovedV1 = z.infer<typeof purchaseOrderApprovedV1.schema>;
