import { accountSettingsChangedV1, type AccountSettingsV1 } from '@stockproof/tenancy-contracts';

/** Of an account that has chosen nothing. */
export const plainSettings: AccountSettingsV1 = accountSettingsChangedV1.schema.shape.settings.parse({
  ...{ defaultWarehouseId: null, allowSplitting: true, maximumShipments: null, allowLineSplit: false, partialFulfillment: false },
  ...{ defaultOrderStatus: 'approved', automaticSalesWorkflow: false, automaticPurchaseWorkflow: false, strictOrder: false },
});
