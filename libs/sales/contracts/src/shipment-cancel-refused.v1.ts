import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** The warehouse does not give the shipment back. */
export const shipmentCancelRefusedV1 = {
  type: 'stockproof.sales.shipment-cancel-refused.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    warehouseId: z.string().min(1),
    status: z.enum(['short-shipped', 'sent-to-warehouse']),
  }),
} as const;

export type ShipmentCancelRefusedV1 = z.infer<typeof shipmentCancelRefusedV1.schema>;
