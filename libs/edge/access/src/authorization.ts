import { knownProblems } from '@stockproof/http-problems';
import type { AccessDirectory } from './access-directory';
import { accessProblems } from './access-problems';
import type { Permission } from './permissions';
import type { Principal } from './principal';
import type { Requirement } from './requires';
import { permissionsOf, type Place } from './role-table';
import { never, notYet, yes, type Verdict } from './verdict';

const organizationOf = (principal: Principal): string | null =>
  principal.kind === 'key' ? principal.organizationId : principal.access.organizationId;

/** Whether a place belongs to what the principal can know of; anything else does not exist for them. */
const reaches = (principal: Principal, { organizationId, accountId }: Place): boolean => {
  if (organizationId !== organizationOf(principal)) return false;
  if (accountId === null) return true;
  if (principal.kind === 'key') return principal.accountId === null || principal.accountId === accountId;
  return principal.access.organizationRole !== null || principal.access.accountRoles.some((role) => role.accountId === accountId);
};

const permissionsAt = (principal: Principal, place: Place): ReadonlySet<Permission> => {
  if (principal.kind === 'user') return permissionsOf(principal.access, place);
  return new Set(place.accountId === null && principal.accountId !== null ? [] : principal.scopes);
};

/** Whoever belongs to the organization as a whole goes on reading in a disabled account; its own people and keys are locked out. */
const isOfOrganization = (principal: Principal): boolean =>
  principal.kind === 'key' ? principal.accountId === null : principal.access.organizationRole !== null;

/** The tenant that a path names. */
export type NamedPlace = { readonly organizationId: string | undefined; readonly accountId: string | undefined };

type FoundPlace = { readonly place: Place; readonly enabled: boolean };

const findPlace = async (named: NamedPlace, principal: Principal, directory: AccessDirectory): Promise<FoundPlace | null> => {
  if (named.accountId === undefined)
    return { place: { organizationId: named.organizationId ?? organizationOf(principal), accountId: null }, enabled: true };
  const account = await directory.account(named.accountId);
  if (account === null || (named.organizationId ?? account.organizationId) !== account.organizationId) return null;
  return { place: { organizationId: account.organizationId, accountId: named.accountId }, enabled: account.enabled };
};

/** What a principal was admitted to. */
export type Admission = { readonly place: Place; readonly permissions: ReadonlySet<Permission> };

/** Whether the principal may do what is required where the path says: 404 for what is foreign, 403 for what is missing at home. */
export const authorize = async (
  principal: Principal,
  named: NamedPlace,
  requirement: Requirement,
  directory: AccessDirectory,
): Promise<Verdict<Admission>> => {
  const found = await findPlace(named, principal, directory);
  if (found === null || !reaches(principal, found.place)) return notYet(knownProblems.notFound);
  const permissions = permissionsAt(principal, found.place);
  if (requirement.kind !== 'permission') return yes({ place: found.place, permissions });
  if (!found.enabled && !(requirement.whileDisabled && isOfOrganization(principal))) return never(accessProblems.accountDisabled);
  if (!permissions.has(requirement.permission))
    return never({ ...accessProblems.forbidden, detail: `It takes \`${requirement.permission}\`.` });
  return yes({ place: found.place, permissions });
};
