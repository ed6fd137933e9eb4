import { z } from 'zod';
import { accessEventsTopic } from './access-events-topic';
import { accountRoles, organizationRoles } from './roles';

/** All that a user may reach from now on; replaces what was said of the user before. */
export const userAccessChangedV1 = {
  type: 'stockproof.tenancy.user-access-changed.v1',
  topic: accessEventsTopic,
  schema: z.object({
    userId: z.string().min(1),
    /** `null` for an installation administrator, who belongs to no organization. */
    organizationId: z.string().nullable(),
    installationAdministrator: z.boolean(),
    organizationRole: z.enum(organizationRoles).nullable(),
    accountRoles: z.array(z.object({ accountId: z.string(), role: z.enum(accountRoles) })),
    active: z.boolean(),
  }),
} as const;

export type UserAccessChangedV1 = z.infer<typeof userAccessChangedV1.schema>;
