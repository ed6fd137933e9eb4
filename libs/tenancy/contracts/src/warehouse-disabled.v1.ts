import { z } from 'zod';
import { accountEventsTopic } from './account-events-topic';

/** The account takes no new work to this warehouse. */
export const warehouseDisabledV1 = {
  type: 'stockproof.tenancy.warehouse-disabled.v1',
  topic: accountEventsTopic,
  schema: z.object({ accountId: z.string().min(1), warehouseId: z.string().min(1) }),
} as const;

export type WarehouseDisabledV1 = z.infer<typeof warehouseDisabledV1.schema>;
