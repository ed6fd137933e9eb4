import { accept, reject, type Decision } from '@stockproof/decider';
import type { WarehouseId } from '@stockproof/vocabulary';
import { sameTextKey } from '../account-code';
import { sameJson } from '../same-json';
import type { CreateSalesChannel, EditSalesChannel } from './account.commands';
import type { AccountEvent, SalesChannel } from './account.events';
import type { AccountRejection } from './account.rejections';
import type { OpenedAccount } from './account.state';

type Decided = Decision<AccountEvent, AccountRejection>;

/** A channel names only warehouses that are enabled, and says how much to publish only of those that it publishes. */
const refusal = (
  { warehouses }: OpenedAccount,
  { publishedWarehouses, warehouseMappings, stockPublication: { rules } }: SalesChannel,
): Decided | null => {
  const named = new Set<WarehouseId>([...publishedWarehouses, ...warehouseMappings.map(({ warehouseId }) => warehouseId)]);
  const notEnabled = [...named].filter((id) => !warehouses.has(id));
  if (notEnabled.length > 0) return reject({ type: 'WarehousesNotEnabled', warehouseIds: notEnabled });
  const notPublished = rules.map(({ warehouseId }) => warehouseId).filter((id) => !publishedWarehouses.includes(id));
  return notPublished.length > 0 ? reject({ type: 'WarehousesNotPublished', warehouseIds: notPublished }) : null;
};

export const createSalesChannel = ({ data }: CreateSalesChannel, state: OpenedAccount): Decided => {
  if (state.salesChannels.has(data.channelId)) return accept();
  const taken = [...state.salesChannels.values()].find(({ code }) => sameTextKey(code) === sameTextKey(data.code));
  if (taken) return reject({ type: 'SalesChannelCodeTaken', code: data.code, takenBy: taken.channelId });
  return refusal(state, data) ?? accept({ type: 'SalesChannelCreated', data: { accountId: state.accountId, ...data } });
};

export const editSalesChannel = ({ data: { channelId, changes } }: EditSalesChannel, state: OpenedAccount): Decided => {
  const before = state.salesChannels.get(channelId);
  if (!before) return reject({ type: 'SalesChannelUnknown', channelId });
  const after = { ...before, ...changes };
  if (sameJson(after, before)) return accept();
  return refusal(state, after) ?? accept({ type: 'SalesChannelEdited', data: { accountId: state.accountId, ...after } });
};
