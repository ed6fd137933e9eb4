import { z } from 'zod';
import { stockRequestsTopic } from './stock-requests-topic';

/** The warehouse has taken a shipment on: from now on its own figures know of it. */
export const shipmentAcceptedV1 = {
  type: 'stockproof.sales.shipment-accepted.v1',
  topic: stockRequestsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    acceptedAt: z.string(),
    units: z.array(z.object({ allocationId: z.string().min(1), sku: z.string().min(1) })),
  }),
} as const;

export type ShipmentAcceptedV1 = z.infer<typeof shipmentAcceptedV1.schema>;
