import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** What is still open of these lines is not wanted any more. */
export const orderLinesClosedV1 = {
  type: 'stockproof.sales.order-lines-closed.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    lines: z.array(z.object({ lineId: z.string().min(1), quantity: z.number().int().min(1) })),
  }),
} as const;

export type OrderLinesClosedV1 = z.infer<typeof orderLinesClosedV1.schema>;
