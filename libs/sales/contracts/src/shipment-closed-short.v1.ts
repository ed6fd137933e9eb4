import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** The rest of a shipment will never leave. */
export const shipmentClosedShortV1 = {
  type: 'stockproof.sales.shipment-closed-short.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    warehouseId: z.string().min(1),
    closedAt: z.string(),
    /** Cancelled: nothing of it had left. */
    status: z.enum(['shipped', 'cancelled']),
  }),
} as const;

export type ShipmentClosedShortV1 = z.infer<typeof shipmentClosedShortV1.schema>;
