import { accept, reject, type Decision } from '@stockproof/decider';
import type { MasterProductSource } from '../choices';
import { sameJson } from '../same-json';
import { effectiveSettings, sameSettings, withoutSettings } from '../settings';
import type { ChooseSettings, InheritDefaults } from './account.commands';
import type { AccountEvent } from './account.events';
import type { AccountRejection } from './account.rejections';
import type { OpenedAccount } from './account.state';

type Decided = Decision<AccountEvent, AccountRejection>;

const isKnown = ({ salesChannels, warehouses }: OpenedAccount, source: MasterProductSource): boolean => {
  switch (source.kind) {
    case 'stockproof':
      return true;
    case 'sales-channel':
      return salesChannels.has(source.id);
    case 'fulfillment-channel':
      return (warehouses.get(source.id)?.channel ?? null) !== null;
  }
};

/** `null`: nothing is named that is not there. */
const refusal = (state: OpenedAccount, { defaultWarehouseId, choices }: ChooseSettings['data']): Decided | null => {
  if (defaultWarehouseId && !state.warehouses.has(defaultWarehouseId))
    return reject({ type: 'WarehousesNotEnabled', warehouseIds: [defaultWarehouseId] });
  const source = choices?.masterProductSource;
  return source && !isKnown(state, source) ? reject({ type: 'MasterProductSourceUnknown', source }) : null;
};

export const chooseSettings = ({ data }: ChooseSettings, state: OpenedAccount): Decided => {
  const refused = refusal(state, data);
  if (refused) return refused;
  const { accountId, inherited } = state;
  const defaultWarehouseId = data.defaultWarehouseId === undefined ? state.defaultWarehouseId : data.defaultWarehouseId;
  const own = withoutSettings({ ...state.own, ...data.set }, data.inherit);
  const choices = { ...state.choices, ...data.choices };
  const same = sameSettings(own, state.own) && sameJson(choices, state.choices) && defaultWarehouseId === state.defaultWarehouseId;
  if (same) return accept();
  return accept({
    type: 'SettingsChosen',
    data: { accountId, defaultWarehouseId, choices, own, effective: effectiveSettings(own, inherited) },
  });
};

/** Reaches every account; what an account has set for itself stays. */
export const inheritDefaults = ({ data: { inherited } }: InheritDefaults, state: OpenedAccount): Decided => {
  if (sameSettings(inherited, state.inherited)) return accept();
  const { accountId, defaultWarehouseId, choices, own } = state;
  return accept({
    type: 'DefaultsInherited',
    data: { accountId, defaultWarehouseId, choices, inherited, effective: effectiveSettings(own, inherited) },
  });
};
