export { accessEventsTopic } from './access-events-topic';
export { accountRoles, organizationRoles, type AccountRole, type OrganizationRole } from './roles';
export { signingKeyPublishedV1, type SigningKeyPublishedV1 } from './signing-key-published.v1';
export { userAccessChangedV1, type UserAccessChangedV1 } from './user-access-changed.v1';
export { apiKeyCreatedV1, type ApiKeyCreatedV1 } from './api-key-created.v1';
export { apiKeyRevokedV1, type ApiKeyRevokedV1 } from './api-key-revoked.v1';
export { accountAccessChangedV1, type AccountAccessChangedV1 } from './account-access-changed.v1';
export { warehouseEventsTopic } from './warehouse-events-topic';
export { accountEventsTopic } from './account-events-topic';
export { warehouseKinds, type WarehouseKind } from './warehouse-kind';
export { warehouseCreatedV1, type WarehouseCreatedV1 } from './warehouse-created.v1';
export { warehouseEditedV1, type WarehouseEditedV1 } from './warehouse-edited.v1';
export { virtualWarehouseMembersChangedV1, type VirtualWarehouseMembersChangedV1 } from './virtual-warehouse-members-changed.v1';
export { accountCreatedV1, type AccountCreatedV1 } from './account-created.v1';
export {
  accountSettingsChangedV1,
  accountSettingsSchema,
  type AccountSettingsChangedV1,
  type AccountSettingsV1,
} from './account-settings-changed.v1';
export { fulfillmentChannelSchema, type FulfillmentChannelV1 } from './fulfillment-channel.v1';
export { warehouseEnabledV1, type WarehouseEnabledV1 } from './warehouse-enabled.v1';
export { warehouseDisabledV1, type WarehouseDisabledV1 } from './warehouse-disabled.v1';
export {
  salesChannelCreatedV1,
  stockPublicationSchema,
  type SalesChannelCreatedV1,
  type StockPublicationV1,
} from './sales-channel-created.v1';
export { fulfillmentJobKinds, salesJobKinds } from './channel-work';
export { organizationEventsTopic } from './organization-events-topic';
export {
  organizationDefaultsChangedV1,
  organizationDefaultsSchema,
  type OrganizationDefaultsChangedV1,
} from './organization-defaults-changed.v1';
export { accountAddedV1, type AccountAddedV1 } from './account-added.v1';
