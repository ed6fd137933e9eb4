import { accept, reject, type Decision } from '@stockproof/decider';
import type { WarehouseId } from '@stockproof/vocabulary';
import { sameTextKey } from '../account-code';
import { activeOrganizationUser } from '../dependency-missing';
import type { ArchiveWarehouse, ChangeMembers, CreateWarehouse, EditWarehouse } from './organization.commands';
import type { OrganizationEvent } from './organization.events';
import type { MembersUnusable, OrganizationRejection } from './organization.rejections';
import type { ExistingOrganization } from './organization.state';

type Decided = Decision<OrganizationEvent, OrganizationRejection>;

const fewestMembers = 2;

/** Members are existing physical warehouses, at least two, each once: a virtual one in a virtual one would be counted twice. */
const unusableMembers = ({ warehouses }: ExistingOrganization, members: readonly WarehouseId[]): MembersUnusable | null => {
  const each = [...new Set(members)];
  const unknown = each.filter((id) => !warehouses.has(id));
  const notPhysical = each.filter((id) => warehouses.get(id)?.kind === 'virtual');
  const archived = each.filter((id) => warehouses.get(id)?.archived);
  const twice = each.filter((id) => members.indexOf(id) !== members.lastIndexOf(id));
  const tooFew = each.length < fewestMembers;
  const fine = !tooFew && [unknown, notPhysical, archived, twice].every((wrong) => wrong.length === 0);
  return fine ? null : { type: 'MembersUnusable', tooFew, unknown, notPhysical, archived, twice };
};

export const createWarehouse = ({ data }: CreateWarehouse, state: ExistingOrganization): Decided => {
  const { organizationId, users, warehouses, defaults } = state;
  if (![...users.values()].some(({ active }) => active))
    return reject({ type: 'DependencyMissing', missing: [activeOrganizationUser(organizationId)] });
  if (warehouses.has(data.warehouseId)) return accept();
  const taken = [...warehouses].find(([, { code }]) => sameTextKey(code) === sameTextKey(data.code));
  if (taken) return reject({ type: 'WarehouseCodeTaken', code: data.code, takenBy: taken[0] });
  if (data.kind === 'physical' && data.members.length > 0) return reject({ type: 'PhysicalWarehouseHasNoMembers' });
  const unusable = data.kind === 'virtual' ? unusableMembers(state, data.members) : null;
  if (unusable) return reject(unusable);
  return accept({ type: 'WarehouseCreated', data: { ...data, organizationId, timeZone: data.timeZone ?? defaults.timeZone } });
};

export const editWarehouse = ({ data: { warehouseId, changes } }: EditWarehouse, state: ExistingOrganization): Decided => {
  const warehouse = state.warehouses.get(warehouseId);
  if (!warehouse) return reject({ type: 'WarehousesUnknown', warehouseIds: [warehouseId] });
  const { name, priority, timeZone, address } = { ...warehouse, ...changes };
  return accept({
    type: 'WarehouseEdited',
    data: { organizationId: state.organizationId, warehouseId, name, priority, timeZone, address },
  });
};

export const changeMembers = ({ data: { warehouseId, members, enabledIn } }: ChangeMembers, state: ExistingOrganization): Decided => {
  const warehouse = state.warehouses.get(warehouseId);
  if (!warehouse) return reject({ type: 'WarehousesUnknown', warehouseIds: [warehouseId] });
  if (warehouse.kind === 'physical') return reject({ type: 'PhysicalWarehouseHasNoMembers' });
  const unusable = unusableMembers(state, members);
  if (unusable) return reject(unusable);
  const missing = enabledIn.flatMap(({ accountId, warehouseIds }) =>
    members.filter((id) => !warehouseIds.includes(id)).map((id) => ({ accountId, warehouseId: id })),
  );
  if (missing.length > 0) return reject({ type: 'MembersNotEnabled', missing });
  const same = members.length === warehouse.members.length && members.every((id) => warehouse.members.includes(id));
  return same ? accept() : accept({ type: 'MembersChanged', data: { organizationId: state.organizationId, warehouseId, members } });
};

/** What has history is archived, not deleted; nothing may still use it. */
export const archiveWarehouse = ({ data: { warehouseId, enabledIn } }: ArchiveWarehouse, state: ExistingOrganization): Decided => {
  const warehouse = state.warehouses.get(warehouseId);
  if (!warehouse) return reject({ type: 'WarehousesUnknown', warehouseIds: [warehouseId] });
  if (warehouse.archived) return accept();
  const memberOf = [...state.warehouses]
    .filter(([, { members, archived }]) => !archived && members.includes(warehouseId))
    .map(([id]) => id);
  if (enabledIn.length > 0 || memberOf.length > 0) return reject({ type: 'WarehouseInUse', enabledIn, memberOf });
  return accept({ type: 'WarehouseArchived', data: { warehouseId } });
};
