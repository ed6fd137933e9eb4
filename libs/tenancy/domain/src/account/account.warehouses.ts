import { accept, reject, type Decision } from '@stockproof/decider';
import type { WarehouseId } from '@stockproof/vocabulary';
import { enabledMember } from '../dependency-missing';
import { sameJson } from '../same-json';
import type { DescribedWarehouse, DisableWarehouse, EnableWarehouse, FollowWarehouse } from './account.commands';
import type { AccountEvent, EnabledWarehouse, SalesChannel } from './account.events';
import type { AccountRejection } from './account.rejections';
import type { OpenedAccount } from './account.state';

type Decided = Decision<AccountEvent, AccountRejection>;

/** Whoever enables may know less than the organization has told this account since. */
const newestMembers = (state: OpenedAccount, described: DescribedWarehouse): Pick<EnabledWarehouse, 'priority' | 'members'> => {
  const followed = state.followed.get(described.warehouseId);
  const { priority, members } = followed && followed.organizationRevision > described.organizationRevision ? followed : described;
  return { priority, members };
};

const channelRefusal = ({ data: { kind, channel } }: EnableWarehouse): AccountRejection | null => {
  if (kind === 'virtual') return channel === null ? null : { type: 'VirtualWarehouseHasNoChannel' };
  return channel === null ? { type: 'FulfillmentChannelMissing' } : null;
};

/** Enabling again changes the fulfillment channel, which keeps its id. */
export const enableWarehouse = (command: EnableWarehouse, state: OpenedAccount): Decided => {
  const { warehouseId, code, kind } = command.data;
  const refusal = channelRefusal(command);
  if (refusal) return reject(refusal);
  const before = state.warehouses.get(warehouseId);
  const channel = command.data.channel && {
    ...command.data.channel,
    channelId: before?.channel?.channelId ?? command.data.channel.channelId,
  };
  const after: EnabledWarehouse = { warehouseId, code, kind, ...newestMembers(state, command.data), channel };
  const missing = after.members.filter((member) => !state.warehouses.has(member));
  if (missing.length > 0)
    return reject({ type: 'DependencyMissing', missing: missing.map((member) => enabledMember(state.accountId, member)) });
  if (before && sameJson(before, after)) return accept();
  return accept({ type: before ? 'EnabledWarehouseChanged' : 'WarehouseEnabled', data: { accountId: state.accountId, ...after } });
};

/** Taken in any order and more than once: only newer knowledge counts. */
export const followWarehouse = ({ data }: FollowWarehouse, state: OpenedAccount): Decided => {
  const known = state.followed.get(data.warehouseId);
  if (known && known.organizationRevision >= data.organizationRevision) return accept();
  const enabled = state.warehouses.get(data.warehouseId);
  const followed: AccountEvent = { type: 'WarehouseFollowed', data };
  if (!enabled) return accept(followed);
  const after: EnabledWarehouse = { ...enabled, priority: data.priority, members: data.members };
  if (sameJson(enabled, after)) return accept(followed);
  return accept(followed, { type: 'EnabledWarehouseChanged', data: { accountId: state.accountId, ...after } });
};

const channelsThat = ({ salesChannels }: OpenedAccount, needIt: (channel: SalesChannel) => boolean): readonly string[] =>
  [...salesChannels.values()].filter(needIt).map(({ channelId }) => channelId);

const suppliesProducts = ({ choices: { masterProductSource: source } }: OpenedAccount, warehouseId: WarehouseId): boolean =>
  source?.kind === 'fulfillment-channel' && source.id === warehouseId;

/** Names all that needs it at once, so that nobody finds out one by one. */
export const disableWarehouse = ({ data: { warehouseId, uses } }: DisableWarehouse, state: OpenedAccount): Decided => {
  if (!state.warehouses.has(warehouseId)) return accept();
  const memberOf = [...state.warehouses.values()]
    .filter(({ members }) => members.includes(warehouseId))
    .map((virtual): WarehouseId => virtual.warehouseId);
  const isDefault = state.defaultWarehouseId === warehouseId;
  const isMasterProductSource = suppliesProducts(state, warehouseId);
  const publishedTo = channelsThat(state, ({ publishedWarehouses }) => publishedWarehouses.includes(warehouseId));
  const mappedBy = channelsThat(state, ({ warehouseMappings }) => warehouseMappings.some((mapping) => mapping.warehouseId === warehouseId));
  const needed = isDefault || isMasterProductSource || [memberOf, publishedTo, mappedBy, uses].some((blockers) => blockers.length > 0);
  if (needed) return reject({ type: 'WarehouseStillNeeded', memberOf, isDefault, isMasterProductSource, publishedTo, mappedBy, uses });
  return accept({ type: 'WarehouseDisabled', data: { accountId: state.accountId, warehouseId } });
};
