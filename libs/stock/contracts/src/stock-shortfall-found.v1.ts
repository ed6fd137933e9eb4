import { z } from 'zod';
import { levelEventsTopic } from './level-events-topic';

/** The world took away what was promised: these orders are no longer covered. */
export const stockShortfallFoundV1 = {
  type: 'stockproof.stock.stock-shortfall-found.v1',
  topic: levelEventsTopic,
  schema: z.object({
    sku: z.string().min(1),
    warehouseId: z.string().min(1),
    missing: z.number().int().min(1),
    uncovered: z.array(z.object({ orderId: z.string(), allocationId: z.string(), quantity: z.number().int() })),
    /** Uncovered units of older promises, where there are too many to name each. */
    unlisted: z.number().int().min(1).optional(),
  }),
} as const;

export type StockShortfallFoundV1 = z.infer<typeof stockShortfallFoundV1.schema>;
