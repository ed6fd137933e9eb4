import { z } from 'zod';
import { channelStatusSchema, jobPeriodsSchema } from './channel-work';

/** What stands behind a physical warehouse for one account. */
export const fulfillmentChannelSchema = z.object({
  channelId: z.string().min(1),
  /** `none`: no warehouse system, shipments and receipts are confirmed by hand. */
  applicationType: z.enum(['none', 'connector']),
  /** Name of the connector; `null` exactly for `none`. */
  connector: z.string().nullable(),
  /** Managed by the warehouse: the full shipment is always sent and stock is not checked. */
  backOrderMode: z.enum(['managed-here', 'managed-by-warehouse']),
  /** What the figures in its stock reports mean. */
  reportMeaning: z.enum(['on-hand', 'available']),
  /** Whether each receipt closes its purchase order. */
  finalReceipts: z.boolean(),
  endpointUrl: z.string().nullable(),
  /** Encrypted before it entered any event; only processes with connectors hold the key. */
  sealedCredentials: z.string().nullable(),
  status: channelStatusSchema,
  jobPeriodsMs: jobPeriodsSchema,
  /** Our carrier services and what the warehouse calls them; an unmapped one is a warning and goes as it is. */
  carrierMappings: z
    .array(
      z.object({
        carrierCode: z.string().min(1),
        serviceCode: z.string().min(1),
        theirs: z.object({ carrierCode: z.string().min(1), serviceCode: z.string().min(1) }),
      }),
    )
    .default([]),
});

export type FulfillmentChannelV1 = z.infer<typeof fulfillmentChannelSchema>;
