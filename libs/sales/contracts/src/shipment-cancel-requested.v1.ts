import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** The warehouse was asked to give the shipment back. */
export const shipmentCancelRequestedV1 = {
  type: 'stockproof.sales.shipment-cancel-requested.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    warehouseId: z.string().min(1),
  }),
} as const;

export type ShipmentCancelRequestedV1 = z.infer<typeof shipmentCancelRequestedV1.schema>;
