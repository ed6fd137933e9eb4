import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** Nothing of the shipment leaves; its units are free again. */
export const shipmentCancelledV1 = {
  type: 'stockproof.sales.shipment-cancelled.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    warehouseId: z.string().min(1),
    cancelledAt: z.string(),
  }),
} as const;

export type ShipmentCancelledV1 = z.infer<typeof shipmentCancelledV1.schema>;
