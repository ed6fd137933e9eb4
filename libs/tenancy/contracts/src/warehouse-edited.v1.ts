import { z } from 'zod';
import { warehouseEventsTopic } from './warehouse-events-topic';

/** What of a warehouse may change, as it is now: name, priority, time zone. */
export const warehouseEditedV1 = {
  type: 'stockproof.tenancy.warehouse-edited.v1',
  topic: warehouseEventsTopic,
  schema: z.object({
    warehouseId: z.string().min(1),
    organizationId: z.string().min(1),
    name: z.string(),
    priority: z.number().int(),
    timeZone: z.string(),
  }),
} as const;

export type WarehouseEditedV1 = z.infer<typeof warehouseEditedV1.schema>;
