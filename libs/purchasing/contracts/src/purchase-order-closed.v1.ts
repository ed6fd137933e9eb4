import { z } from 'zod';
import { purchaseOrderEventsTopic } from './purchase-order-events-topic';

/** Nothing more comes of these lines: received in full, closed short, cancelled, or taken back to draft. */
export const purchaseOrderClosedV1 = {
  type: 'stockproof.purchasing.purchase-order-closed.v1',
  topic: purchaseOrderEventsTopic,
  schema: z.object({
    purchaseOrderId: z.string().min(1),
    lines: z.array(z.object({ lineId: z.string().min(1), sku: z.string().min(1) })).min(1),
  }),
} as const;

export type PurchaseOrderClosedV1 = z.infer<typeof purchaseOrderClosedV1.schema>;
