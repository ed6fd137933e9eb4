import { z } from 'zod';
import { salesOrderEventsTopic } from './sales-order-events-topic';

/** Units of a shipment left the warehouse, or parcels of it became known. */
export const shipmentUnitsLeftV1 = {
  type: 'stockproof.sales.shipment-units-left.v1',
  topic: salesOrderEventsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    warehouseId: z.string().min(1),
    leftAt: z.string(),
    /** `shipped` counts all that have left so far; empty where only parcels are told of, which changes no status. */
    units: z.array(
      z.object({ allocationId: z.string().min(1), lineId: z.string().min(1), sku: z.string().min(1), shipped: z.number().int().min(0) }),
    ),
    packages: z.array(
      z.object({
        packageId: z.string().min(1),
        tracking: z.string().nullable(),
        carrier: z.string().nullable(),
        service: z.string().nullable(),
      }),
    ),
    /** Nothing more of the shipment is expected. */
    complete: z.boolean(),
  }),
} as const;

export type ShipmentUnitsLeftV1 = z.infer<typeof shipmentUnitsLeftV1.schema>;
