import { z } from 'zod';
import { accessEventsTopic } from './access-events-topic';

/** An account exists, and whether it is enabled: a disabled one locks its own users and keys out, its organization still reads. */
export const accountAccessChangedV1 = {
  type: 'stockproof.tenancy.account-access-changed.v1',
  topic: accessEventsTopic,
  schema: z.object({ accountId: z.string().min(1), organizationId: z.string().min(1), enabled: z.boolean() }),
} as const;

export type AccountAccessChangedV1 = z.infer<typeof accountAccessChangedV1.schema>;
