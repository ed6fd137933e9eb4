import { z } from 'zod';
import { stockRequestsTopic } from './stock-requests-topic';

/** An order no longer wants what it asked for in this attempt: whatever it was promised is free again. */
export const allocationWithdrawnV1 = {
  type: 'stockproof.sales.allocation-withdrawn.v1',
  topic: stockRequestsTopic,
  schema: z.object({ orderId: z.string().min(1), attempt: z.number().int().min(1) }),
} as const;

export type AllocationWithdrawnV1 = z.infer<typeof allocationWithdrawnV1.schema>;
