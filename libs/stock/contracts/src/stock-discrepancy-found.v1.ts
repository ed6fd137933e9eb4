import { z } from 'zod';
import { levelEventsTopic } from './level-events-topic';

/** A warehouse reported something that no known flow explains. */
export const stockDiscrepancyFoundV1 = {
  type: 'stockproof.stock.stock-discrepancy-found.v1',
  topic: levelEventsTopic,
  schema: z.object({ sku: z.string().min(1), warehouseId: z.string().min(1), reportId: z.string(), residual: z.number().int() }),
} as const;

export type StockDiscrepancyFoundV1 = z.infer<typeof stockDiscrepancyFoundV1.schema>;
