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
  /** What becomes of what a warehouse will never send of a shipment: open again, or cancelled. */
  shortClose: z.enum(['reopen', 'cancel']).default('reopen'),
  /** What an incoming order must say beyond the fixed rules, as pointers into it, for instance `/shipTo/phone`. */
  requiredOrderFields: z.array(z.string()).default([]),
  /** Of a shipment whose order names none; `null`: the warehouse chooses, with a warning. */
  defaultCarrierService: z
    .object({ carrierCode: z.string().min(1), serviceCode: z.string().min(1) })
    .nullable()
    .default(null),
  /** Where products come from. `id`: of the sales channel, or the physical warehouse of the fulfillment channel. */
  masterProductSource: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('stockproof') }),
      z.object({ kind: z.literal('sales-channel'), id: z.string().min(1) }),
      z.object({ kind: z.literal('fulfillment-channel'), id: z.string().min(1) }),
    ])
    .default({ kind: 'stockproof' }),
});

export type AccountSettingsV1 = z.infer<typeof accountSettingsSchema>;

/** What holds for an account from now on: always all settings, with what it inherits from its organization filled in. */
export const accountSettingsChangedV1 = {
  type: 'stockproof.tenancy.account-settings-changed.v1',
  topic: accountEventsTopic,
  schema: z.object({ accountId: z.string().min(1), settings: accountSettingsSchema }),
} as const;

export type AccountSettingsChangedV1 = z.infer<typeof accountSettingsChangedV1.schema>;
