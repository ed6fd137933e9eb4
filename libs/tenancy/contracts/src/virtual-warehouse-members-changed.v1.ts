import { z } from 'zod';
import { warehouseEventsTopic } from './warehouse-events-topic';

/** A virtual warehouse is made of exactly these physical ones from now on, in every account that has it enabled. */
export const virtualWarehouseMembersChangedV1 = {
  type: 'stockproof.tenancy.virtual-warehouse-members-changed.v1',
  topic: warehouseEventsTopic,
  schema: z.object({
    warehouseId: z.string().min(1),
    organizationId: z.string().min(1),
    members: z.array(z.string()).min(2),
  }),
} as const;

export type VirtualWarehouseMembersChangedV1 = z.infer<typeof virtualWarehouseMembersChangedV1.schema>;
