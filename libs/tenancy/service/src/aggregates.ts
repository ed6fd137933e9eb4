import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import {
  accountDecider,
  apiKeyDecider,
  installationDecider,
  organizationDecider,
  userDecider,
  type AccountCommand,
  type AccountEvent,
  type AccountRejection,
  type AccountState,
  type ApiKeyCommand,
  type ApiKeyEvent,
  type ApiKeyRejection,
  type ApiKeyState,
  type InstallationCommand,
  type InstallationEvent,
  type InstallationRejection,
  type InstallationState,
  type OrganizationCommand,
  type OrganizationEvent,
  type OrganizationRejection,
  type OrganizationState,
  type UserCommand,
  type UserEvent,
  type UserRejection,
  type UserState,
} from '@stockproof/tenancy-domain';
import { derivedId, type AccountId, type OrganizationId } from '@stockproof/vocabulary';

const organization: Aggregate<OrganizationState, OrganizationCommand, OrganizationEvent, OrganizationRejection> = {
  category: 'tenancy.organization',
  decider: organizationDecider,
  schemaVersion: 1,
};
const account: Aggregate<AccountState, AccountCommand, AccountEvent, AccountRejection> = {
  category: 'tenancy.account',
  decider: accountDecider,
  schemaVersion: 1,
};
const user: Aggregate<UserState, UserCommand, UserEvent, UserRejection> = {
  category: 'tenancy.user',
  decider: userDecider,
  schemaVersion: 1,
};
const apiKey: Aggregate<ApiKeyState, ApiKeyCommand, ApiKeyEvent, ApiKeyRejection> = {
  category: 'tenancy.apiKey',
  decider: apiKeyDecider,
  schemaVersion: 1,
};
const installation: Aggregate<InstallationState, InstallationCommand, InstallationEvent, InstallationRejection> = {
  category: 'tenancy.installation',
  decider: installationDecider,
  schemaVersion: 1,
};

export type Organizations = AggregateHandler<OrganizationState, OrganizationCommand, OrganizationEvent, OrganizationRejection>;
export type Accounts = AggregateHandler<AccountState, AccountCommand, AccountEvent, AccountRejection>;
export type Users = AggregateHandler<UserState, UserCommand, UserEvent, UserRejection>;
export type ApiKeys = AggregateHandler<ApiKeyState, ApiKeyCommand, ApiKeyEvent, ApiKeyRejection>;
export type Installation = AggregateHandler<InstallationState, InstallationCommand, InstallationEvent, InstallationRejection>;

export type TenancyAggregates = {
  readonly organizations: Organizations;
  readonly accounts: Accounts;
  readonly users: Users;
  readonly apiKeys: ApiKeys;
  readonly installation: Installation;
};

export const tenancyAggregates = (commands: CommandHandling): TenancyAggregates => ({
  organizations: commands.aggregate(organization),
  accounts: commands.aggregate(account),
  users: commands.aggregate(user),
  apiKeys: commands.aggregate(apiKey),
  installation: commands.aggregate(installation),
});

/** Stands where others have an organization: the installation belongs to none. */
export const installationId = derivedId('stockproof installation');

export const organizationStream = (organizationId: OrganizationId): string => `tenancy.organization-${organizationId}-${organizationId}`;
export const accountStream = (accountId: AccountId): string => `tenancy.account-${accountId}-${accountId}`;
export const userStream = (organizationId: OrganizationId, userId: string): string => `tenancy.user-${organizationId}-${userId}`;
export const apiKeyStream = (accountId: AccountId, keyId: string): string => `tenancy.apiKey-${accountId}-${keyId}`;
export const installationStream = `tenancy.installation-${installationId}-${installationId}`;
