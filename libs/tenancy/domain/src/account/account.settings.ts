import { accept, reject, type Decision } from '@stockproof/decider';
import { effectiveSettings, sameSettings, withoutSettings } from '../settings';
import type { ChooseSettings, InheritDefaults } from './account.commands';
import type { AccountEvent } from './account.events';
import type { AccountRejection } from './account.rejections';
import type { OpenedAccount } from './account.state';

type Decided = Decision<AccountEvent, AccountRejection>;

export const chooseSettings = ({ data: { set, inherit, defaultWarehouseId: wanted } }: ChooseSettings, state: OpenedAccount): Decided => {
  const { accountId, inherited, warehouses } = state;
  const defaultWarehouseId = wanted === undefined ? state.defaultWarehouseId : wanted;
  if (defaultWarehouseId !== null && !warehouses.has(defaultWarehouseId))
    return reject({ type: 'WarehousesNotEnabled', warehouseIds: [defaultWarehouseId] });
  const own = withoutSettings({ ...state.own, ...set }, inherit);
  if (sameSettings(own, state.own) && defaultWarehouseId === state.defaultWarehouseId) return accept();
  return accept({ type: 'SettingsChosen', data: { accountId, defaultWarehouseId, own, effective: effectiveSettings(own, inherited) } });
};

/** Reaches every account; what an account has set for itself stays. */
export const inheritDefaults = ({ data: { inherited } }: InheritDefaults, state: OpenedAccount): Decided => {
  if (sameSettings(inherited, state.inherited)) return accept();
  const { accountId, defaultWarehouseId, own } = state;
  return accept({
    type: 'DefaultsInherited',
    data: { accountId, defaultWarehouseId, inherited, effective: effectiveSettings(own, inherited) },
  });
};
