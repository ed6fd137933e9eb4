import { z } from 'zod';
import { purchaseOrderEventsTopic } from './purchase-order-events-topic';

/** A receipt: goods are there. Known by receipt and line, so the same one twice changes nothing. */
export const goodsReceivedV1 = {
  type: 'stockproof.purchasing.goods-received.v1',
  topic: purchaseOrderEventsTopic,
  schema: z.object({
    purchaseOrderId: z.string().min(1),
    receiptId: z.string().min(1),
    warehouseId: z.string().min(1),
    receivedAt: z.string(),
    lines: z.array(z.object({ lineId: z.string().min(1), sku: z.string().min(1), quantity: z.number().int().min(1) })).min(1),
  }),
} as const;

export type GoodsReceivedV1 = z.infer<typeof goodsReceivedV1.schema>;
