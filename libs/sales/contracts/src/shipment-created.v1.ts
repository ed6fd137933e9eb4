import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** Units of an order will leave together from one warehouse. The line of a component is `<line>.<number>`. */
export const shipmentCreatedV1 = {
  type: 'stockproof.sales.shipment-created.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    warehouseId: z.string().min(1),
    units: z.array(
      z.object({ allocationId: z.string().min(1), lineId: z.string().min(1), sku: z.string().min(1), quantity: z.number().int().min(1) }),
    ),
    /** It takes the place of this shipment, which was to leave from another warehouse: what the order waits for is as before. */
    replaces: z.string().min(1).optional(),
  }),
} as const;

export type ShipmentCreatedV1 = z.infer<typeof shipmentCreatedV1.schema>;
