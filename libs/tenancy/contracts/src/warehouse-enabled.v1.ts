import { z } from 'zod';
import { accountEventsTopic } from './account-events-topic';
import { fulfillmentChannelSchema } from './fulfillment-channel.v1';
import { warehouseKinds } from './warehouse-kind';

/** An account may use a warehouse from now on, as described here. Said again when its fulfillment channel changes: the latest holds. */
export const warehouseEnabledV1 = {
  type: 'stockproof.tenancy.warehouse-enabled.v1',
  topic: accountEventsTopic,
  schema: z.object({
    accountId: z.string().min(1),
    warehouseId: z.string().min(1),
    code: z.string().min(1),
    kind: z.enum(warehouseKinds),
    priority: z.number().int(),
    /** Physical warehouses of a virtual one, all enabled here; empty for a physical one. */
    members: z.array(z.string()),
    /** `null` exactly for a virtual warehouse. */
    fulfillmentChannel: fulfillmentChannelSchema.nullable(),
  }),
} as const;

export type WarehouseEnabledV1 = z.infer<typeof warehouseEnabledV1.schema>;
