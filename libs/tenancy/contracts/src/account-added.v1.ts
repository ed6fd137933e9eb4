import { z } from 'zod';
import { organizationDefaultsSchema } from './organization-defaults-changed.v1';
import { organizationEventsTopic } from './organization-events-topic';

/** The organization has reserved name and code for an account; the account itself speaks on its own topic once it is open. */
export const accountAddedV1 = {
  type: 'stockproof.tenancy.account-added.v1',
  topic: organizationEventsTopic,
  schema: z.object({
    organizationId: z.string().min(1),
    accountId: z.string().min(1),
    code: z.string().min(1),
    name: z.string(),
    licence: z.enum(['standard', 'basic']),
    defaults: organizationDefaultsSchema,
  }),
} as const;

export type AccountAddedV1 = z.infer<typeof accountAddedV1.schema>;
