export { accountCode, sameTextKey } from './account-code';
export {
  effectiveChoices,
  requirableOrderFields,
  type AccountChoices,
  type ChosenChoices,
  type MasterProductSource,
  type RequirableOrderField,
} from './choices';
export type { DependencyMissing, MissingDependency } from './dependency-missing';
export { accountRoles, organizationRoles, type AccountRole, type Granter, type OrganizationRole } from './roles';
export type { Sealed } from './sealed';
export { builtInSettings, originOf, settingNames, type InheritableSettings, type OwnSettings, type SettingName } from './settings';
export { accountDecider } from './account/account.decider';
export type { AccountCommand, DescribedWarehouse, WarehouseUse } from './account/account.commands';
export { completeFulfillmentChannel, completeSalesChannel, fulfillmentChannelWork, salesChannelWork } from './account/account.channels';
export type {
  AccountEvent,
  ChannelStatus,
  EnabledWarehouse,
  FulfillmentChannel,
  JobPeriodsMs,
  SalesChannel,
  StockPublication,
} from './account/account.events';
export type { AccountRejection } from './account/account.rejections';
export { isOpened, type AccountState, type OpenedAccount } from './account/account.state';
export { organizationDecider } from './organization/organization.decider';
export type { OrganizationCommand } from './organization/organization.commands';
export type { Address, OrganizationEvent, WarehouseKind } from './organization/organization.events';
export type { OrganizationRejection } from './organization/organization.rejections';
export { isExisting, type ExistingOrganization, type OrganizationState, type Warehouse } from './organization/organization.state';
export { userDecider } from './user/user.decider';
export type { UserCommand } from './user/user.commands';
export type { UserEvent } from './user/user.events';
export type { UserRejection } from './user/user.rejections';
export type { RegisteredUser, UserState } from './user/user.state';
export { apiKeyDecider } from './api-key/api-key.decider';
export type { ApiKeyCommand } from './api-key/api-key.commands';
export type { ApiKeyEvent } from './api-key/api-key.events';
export type { ApiKeyRejection } from './api-key/api-key.rejections';
export type { ApiKeyState } from './api-key/api-key.state';
export { installationDecider } from './installation/installation.decider';
export type { InstallationCommand, PublicJwk } from './installation/installation.commands';
export type { InstallationEvent } from './installation/installation.events';
export type { InstallationRejection } from './installation/installation.rejections';
export type { InstallationState } from './installation/installation.state';
