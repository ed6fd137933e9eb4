import { accountSettingsSchema, type AccountSettingsV1 } from './account-settings-changed.v1';

/** What tenancy says of an account that has chosen nothing. */
export const plainSettings: AccountSettingsV1 = accountSettingsSchema.parse({
  ...{ defaultWarehouseId: null, allowSplitting: true, maximumShipments: null, allowLineSplit: false, partialFulfillment: false },
  ...{ defaultOrderStatus: 'approved', automaticSalesWorkflow: false, automaticPurchaseWorkflow: false, strictOrder: false },
});
