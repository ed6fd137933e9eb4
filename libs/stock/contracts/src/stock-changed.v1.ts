import { z } from 'zod';
import { levelEventsTopic } from './level-events-topic';

/** Quantities of a SKU changed, as signed differences with the time at which each took effect. */
export const stockChangedV1 = {
  type: 'stockproof.stock.stock-changed.v1',
  topic: levelEventsTopic,
  schema: z.object({
    sku: z.string().min(1),
    /** What happened, as stock names it: `UnitsShipped`, `StockAdjusted` … */
    cause: z.string(),
    changes: z.array(
      z.object({
        warehouseId: z.string().min(1),
        at: z.string(),
        total: z.number().int().optional(),
        unsellable: z.number().int().optional(),
        allocated: z.number().int().optional(),
        held: z.number().int().optional(),
        incoming: z.number().int().optional(),
      }),
    ),
  }),
} as const;

export type StockChangedV1 = z.infer<typeof stockChangedV1.schema>;
