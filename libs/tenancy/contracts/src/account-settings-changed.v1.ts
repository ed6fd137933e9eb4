import { z } from 'zod';
import { accountEventsTopic } from './account-events-topic';

/** The settings that sales, stock and purchasing work by. */
export const accountSettingsSchema = z.object({
  /** Physical or virtual, enabled here; `null`: none chosen yet. */
  defaultWarehouseId: z.string().nullable(),
  /** Whether one order may become several shipments. */
  allowSplitting: z.boolean(),
  /** Per order; `null`: no limit. */
  maximumShipments: z.number().int().min(1).nullable(),
  /** Whether one line may be cut over two warehouses. */
  allowLineSplit: z.boolean(),
  /** Whether what is there is sent when not all is there. */
  partialFulfillment: z.boolean(),
  defaultOrderStatus: z.enum(['draft', 'approved']),
  /** Whether an approved order goes straight on to allocation. */
  automaticSalesWorkflow: z.boolean(),
  /** Whether a purchase order is approved when it is created. */
  automaticPurchaseWorkflow: z.boolean(),
  /** Whether an older waiting order keeps its stock from all younger ones. */
  strictOrder: z.boolean(),
});

export type AccountSettingsV1 = z.infer<typeof accountSettingsSchema>;

/** What holds for an account from now on: always all settings, with what it inherits from its organization filled in. */
export const accountSettingsChangedV1 = {
  type: 'stockproof.tenancy.account-settings-changed.v1',
  topic: accountEventsTopic,
  schema: z.object({ accountId: z.string().min(1), settings: accountSettingsSchema }),
} as const;

export type AccountSettingsChangedV1 = z.infer<typeof accountSettingsChangedV1.schema>;
