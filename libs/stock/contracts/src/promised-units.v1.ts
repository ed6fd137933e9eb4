import { z } from 'zod';

/** Units of one order line promised at one warehouse; those of one shipment leave together. */
export const promisedUnitsSchema = z.object({
  allocationId: z.string().min(1),
  shipmentId: z.string().min(1),
  lineId: z.string().min(1),
  sku: z.string().min(1),
  warehouseId: z.string().min(1),
  quantity: z.number().int().min(1),
});

/** What nobody could give. */
export const missingUnitsSchema = z.object({ lineId: z.string().min(1), sku: z.string().min(1), quantity: z.number().int().min(1) });
