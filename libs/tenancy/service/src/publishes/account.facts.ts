import type { Fact } from '@stockproof/publishing';
import {
  accountAccessChangedV1,
  accountCreatedV1,
  accountSettingsChangedV1,
  salesChannelCreatedV1,
  userAccessChangedV1,
  warehouseDisabledV1,
  warehouseEnabledV1,
} from '@stockproof/tenancy-contracts';
import {
  completeFulfillmentChannel,
  completeSalesChannel,
  effectiveChoices,
  type AccountEvent,
  type AccountRole,
  type ChosenChoices,
  type EnabledWarehouse,
  type InheritableSettings,
  type SalesChannel,
} from '@stockproof/tenancy-domain';
import { fact } from './facts-of';

type OfAccount = { readonly accountId: string };
type Person = OfAccount & { readonly organizationId: string; readonly userId: string; readonly role: AccountRole };

const personFact = ({ accountId, organizationId, userId, role }: Person, active: boolean): Fact =>
  fact(
    userAccessChangedV1,
    { userId, organizationId, installationAdministrator: false, organizationRole: null, accountRoles: [{ accountId, role }], active },
    userId,
    userId,
  );

const accessFact = ({ accountId, organizationId }: OfAccount & { readonly organizationId: string }, enabled: boolean): Fact =>
  fact(accountAccessChangedV1, { accountId, organizationId, enabled }, accountId, accountId);

type ToldSettings = OfAccount & {
  readonly defaultWarehouseId: string | null;
  readonly effective: InheritableSettings;
  readonly choices?: ChosenChoices;
};

const settingsFact = ({ accountId, defaultWarehouseId, effective, choices }: ToldSettings): Fact => {
  const { timeZone: _, displayUnits: __, ...settings } = effective;
  return fact(
    accountSettingsChangedV1,
    accountSettingsChangedV1.schema.parse({ accountId, settings: { defaultWarehouseId, ...settings, ...effectiveChoices(choices) } }),
    accountId,
    accountId,
  );
};

const warehouseFact = ({ accountId, warehouseId, code, kind, priority, members, channel }: OfAccount & EnabledWarehouse): Fact =>
  fact(
    warehouseEnabledV1,
    warehouseEnabledV1.schema.parse({
      ...{ accountId, warehouseId, code, kind, priority, members: [...members] },
      fulfillmentChannel: channel && completeFulfillmentChannel(channel),
    }),
    accountId,
    accountId,
  );

const salesChannelFact = (channel: OfAccount & SalesChannel): Fact =>
  fact(salesChannelCreatedV1, salesChannelCreatedV1.schema.parse(completeSalesChannel(channel)), channel.accountId, channel.accountId);

/** What others hear of an account. All but access shares the account as ordering key. */
export const accountFacts = (event: AccountEvent): readonly Fact[] => {
  switch (event.type) {
    case 'AccountOpened': {
      const { accountId, organizationId, code, name } = event.data;
      return [
        accessFact(event.data, true),
        fact(accountCreatedV1, { accountId, organizationId, code, name }, accountId, accountId),
        settingsFact(event.data),
      ];
    }
    case 'DefaultsInherited':
    case 'SettingsChosen':
      return [settingsFact(event.data)];
    case 'WarehouseEnabled':
    case 'EnabledWarehouseChanged':
      return [warehouseFact(event.data)];
    case 'WarehouseDisabled':
      return [fact(warehouseDisabledV1, event.data, event.data.accountId, event.data.accountId)];
    case 'AccountUserAdded':
    case 'AccountUserReactivated':
      return [personFact(event.data, true)];
    case 'AccountUserDeactivated':
      return [personFact(event.data, false)];
    case 'AccountRoleChanged':
      return [personFact(event.data, event.data.active)];
    case 'SalesChannelCreated':
    case 'SalesChannelEdited':
      return [salesChannelFact(event.data)];
    case 'AccountDisabled':
      return [accessFact(event.data, false)];
    case 'AccountEnabled':
      return [accessFact(event.data, true)];
    case 'AccountRenamedHere':
    case 'WarehouseFollowed':
      return [];
  }
};

export const accountEventTypes = [
  'AccountOpened',
  'DefaultsInherited',
  'SettingsChosen',
  'WarehouseEnabled',
  'EnabledWarehouseChanged',
  'WarehouseDisabled',
  'AccountUserAdded',
  'AccountUserReactivated',
  'AccountUserDeactivated',
  'AccountRoleChanged',
  'SalesChannelCreated',
  'SalesChannelEdited',
  'AccountDisabled',
  'AccountEnabled',
] as const satisfies readonly AccountEvent['type'][];
