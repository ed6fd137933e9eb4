import { z } from 'zod';
import { accountEventsTopic } from './account-events-topic';
import { channelStatusSchema, jobPeriodsSchema } from './channel-work';

/** How stock goes to a shop, one way: not at all, as it changes, or all of it each time. */
export const stockPublicationSchema = z.object({
  mode: z.enum(['off', 'changes', 'full']),
  /** Per published warehouse; one without a rule is published as it is. */
  rules: z.array(
    z.object({
      warehouseId: z.string().min(1),
      /** Kept back from the available figure. */
      buffer: z.number().int().min(0),
      /** Of what is left, rounded down. */
      percentage: z.number().int().min(0).max(100),
      /** Never more than this; `null`: no cap. */
      cap: z.number().int().min(0).nullable(),
      /** Always published as 0. */
      excludedSkus: z.array(z.string()),
    }),
  ),
});

export type StockPublicationV1 = z.infer<typeof stockPublicationSchema>;

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
    status: channelStatusSchema,
    jobPeriodsMs: jobPeriodsSchema,
    /** The shop's codes of carrier services and what they mean here; an unmapped one is a warning. */
    carrierMappings: z
      .array(z.object({ theirs: z.string().min(1), carrierCode: z.string().min(1), serviceCode: z.string().min(1) }))
      .default([]),
    /** The shop's codes of warehouses; a code that stands nowhere here is the code of the warehouse itself. */
    warehouseMappings: z.array(z.object({ theirs: z.string().min(1), warehouseId: z.string().min(1) })).default([]),
    stockPublication: stockPublicationSchema.default({ mode: 'off', rules: [] }),
  }),
} as const;

export type SalesChannelCreatedV1 = z.infer<typeof salesChannelCreatedV1.schema>;
