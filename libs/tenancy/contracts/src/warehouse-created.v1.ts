import { z } from 'zod';
import { warehouseEventsTopic } from './warehouse-events-topic';
import { warehouseKinds } from './warehouse-kind';

/** An organization has a new warehouse; code and kind never change. Accounts use it once it is enabled for them. */
export const warehouseCreatedV1 = {
  type: 'stockproof.tenancy.warehouse-created.v1',
  topic: warehouseEventsTopic,
  schema: z.object({
    warehouseId: z.string().min(1),
    organizationId: z.string().min(1),
    code: z.string().min(1),
    name: z.string(),
    kind: z.enum(warehouseKinds),
    /** Lower comes first where a choice is free. */
    priority: z.number().int(),
    /** IANA name. */
    timeZone: z.string(),
    /** Physical warehouses of a virtual one; empty for a physical one. */
    members: z.array(z.string()),
  }),
} as const;

export type WarehouseCreatedV1 = z.infer<typeof warehouseCreatedV1.schema>;
