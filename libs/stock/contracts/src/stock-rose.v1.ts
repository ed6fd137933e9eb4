import { z } from 'zod';

/** Stock to itself, on the topic of requests: more of this SKU may be promised since this revision, so try who waits for it. */
export const stockRoseV1 = {
  type: 'stockproof.stock.stock-rose.v1',
  schema: z.object({ sku: z.string().min(1), revision: z.number().int().min(1) }),
} as const;

export type StockRoseV1 = z.infer<typeof stockRoseV1.schema>;
