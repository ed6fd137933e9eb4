import { z } from 'zod';
import { accountEventsTopic } from './account-events-topic';

/** A shop or marketplace from which an account's orders come. Said again when it is edited: the latest holds. */
export const salesChannelCreatedV1 = {
  type: 'stockproof.tenancy.sales-channel-created.v1',
  topic: accountEventsTopic,
  schema: z.object({
    accountId: z.string().min(1),
    channelId: z.string().min(1),
    code: z.string().min(1),
    name: z.string(),
    connector: z.string(),
    endpointUrl: z.string().nullable(),
    /** Encrypted before it entered any event; only processes with connectors hold the key. */
    sealedCredentials: z.string().nullable(),
    /** `null`: as the account has it. */
    defaultOrderStatus: z.enum(['draft', 'approved']).nullable(),
    /** New orders wait on hold for this long; `null`: they do not. */
    holdDelayMs: z.number().int().min(0).nullable(),
    /** Warehouses whose available figures are published to it. */
    publishedWarehouses: z.array(z.string()),
  }),
} as const;

export type SalesChannelCreatedV1 = z.infer<typeof salesChannelCreatedV1.schema>;
