import { accept, reject, type Decision } from '@stockproof/decider';
import type { WarehouseId } from '@stockproof/vocabulary';
import { sameTextKey } from '../account-code';
import { sameJson } from '../same-json';
import type { CreateSalesChannel, EditSalesChannel } from './account.commands';
import type { AccountEvent } from './account.events';
import type { AccountRejection } from './account.rejections';
import type { OpenedAccount } from './account.state';

type Decided = Decision<AccountEvent, AccountRejection>;

const notEnabled = (state: OpenedAccount, published: readonly WarehouseId[]): Decided | null => {
  const warehouseIds = published.filter((id) => !state.warehouses.has(id));
  return warehouseIds.length > 0 ? reject({ type: 'WarehousesNotEnabled', warehouseIds }) : null;
};

export const createSalesChannel = ({ data }: CreateSalesChannel, state: OpenedAccount): Decided => {
  if (state.salesChannels.has(data.channelId)) return accept();
  const taken = [...state.salesChannels.values()].find(({ code }) => sameTextKey(code) === sameTextKey(data.code));
  if (taken) return reject({ type: 'SalesChannelCodeTaken', code: data.code, takenBy: taken.channelId });
  return (
    notEnabled(state, data.publishedWarehouses) ?? accept({ type: 'SalesChannelCreated', data: { accountId: state.accountId, ...data } })
  );
};

export const editSalesChannel = ({ data: { channelId, changes } }: EditSalesChannel, state: OpenedAccount): Decided => {
  const before = state.salesChannels.get(channelId);
  if (!before) return reject({ type: 'SalesChannelUnknown', channelId });
  const after = { ...before, ...changes };
  if (sameJson(after, before)) return accept();
  return (
    notEnabled(state, after.publishedWarehouses) ?? accept({ type: 'SalesChannelEdited', data: { accountId: state.accountId, ...after } })
  );
};
