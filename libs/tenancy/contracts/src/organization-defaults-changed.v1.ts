import { z } from 'zod';
import { organizationEventsTopic } from './organization-events-topic';

/** Settings that each account of the organization inherits until it sets its own; always all of them. */
export const organizationDefaultsSchema = z.object({
  timeZone: z.string(),
  displayUnits: z.enum(['metric', 'imperial']),
  allowSplitting: z.boolean(),
  maximumShipments: z.number().int().min(1).nullable(),
  allowLineSplit: z.boolean(),
  partialFulfillment: z.boolean(),
  defaultOrderStatus: z.enum(['draft', 'approved']),
  automaticSalesWorkflow: z.boolean(),
  automaticPurchaseWorkflow: z.boolean(),
  strictOrder: z.boolean(),
});

/** The organization hands down other defaults from now on. */
export const organizationDefaultsChangedV1 = {
  type: 'stockproof.tenancy.organization-defaults-changed.v1',
  topic: organizationEventsTopic,
  schema: z.object({ organizationId: z.string().min(1), defaults: organizationDefaultsSchema }),
} as const;

export type OrganizationDefaultsChangedV1 = z.infer<typeof organizationDefaultsChangedV1.schema>;
