import { z } from 'zod';
import { orderedLineSchema } from './ordered-line';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** An order was taken. What it says of people is told to nobody. */
export const salesOrderPlacedV1 = {
  type: 'stockproof.sales.sales-order-placed.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    /** As it is called here. */
    number: z.string().min(1),
    /** The sales channel that it came from; `null`: by API, file or hand. */
    channelId: z.string().nullable(),
    /** What the channel calls it. */
    channelOrderNumber: z.string().nullable(),
    orderDate: z.string(),
    lines: z.array(orderedLineSchema),
    status: z.enum(['draft', 'approved']),
  }),
} as const;

export type SalesOrderPlacedV1 = z.infer<typeof salesOrderPlacedV1.schema>;
