import { z } from 'zod';
import { stockRequestsTopic } from './stock-requests-topic';

/** Units of a shipment left the warehouse. */
export const unitsShippedV1 = {
  type: 'stockproof.sales.units-shipped.v1',
  topic: stockRequestsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    shipmentId: z.string().min(1),
    warehouseId: z.string().min(1),
    shippedAt: z.string(),
    /** `shipped` counts all units of the allocation that have left so far, so a repeat changes nothing. */
    units: z.array(z.object({ allocationId: z.string().min(1), sku: z.string().min(1), shipped: z.number().int().min(0) })),
  }),
} as const;

export type UnitsShippedV1 = z.infer<typeof unitsShippedV1.schema>;
