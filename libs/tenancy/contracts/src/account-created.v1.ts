import { z } from 'zod';
import { accountEventsTopic } from './account-events-topic';

/** A client whose stock is kept and sold; its code never changes. */
export const accountCreatedV1 = {
  type: 'stockproof.tenancy.account-created.v1',
  topic: accountEventsTopic,
  schema: z.object({ accountId: z.string().min(1), organizationId: z.string().min(1), code: z.string().min(1), name: z.string() }),
} as const;

export type AccountCreatedV1 = z.infer<typeof accountCreatedV1.schema>;
