import { z } from 'zod';
import { stockRequestsTopic } from './stock-requests-topic';

/** What is still open of these allocations will not leave: the shipment was cancelled, closed short, or moved to another warehouse. */
export const unitsReleasedV1 = {
  type: 'stockproof.sales.units-released.v1',
  topic: stockRequestsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    reason: z.enum(['shipment-cancelled', 'closed-short', 'closed-by-hand', 'moved']),
    releasedAt: z.string(),
    units: z.array(z.object({ allocationId: z.string().min(1), sku: z.string().min(1) })),
  }),
} as const;

export type UnitsReleasedV1 = z.infer<typeof unitsReleasedV1.schema>;
