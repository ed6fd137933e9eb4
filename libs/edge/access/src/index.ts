export { accessProblems } from './access-problems';
export { Caller, callerOf } from './caller';
export { accountPermissions, allPermissions, installationPermissions, organizationPermissions, type Permission } from './permissions';
export { actorOf, type KeyPrincipal, type Principal, type UserPrincipal } from './principal';
export { PublicRoute, Requires, SignedIn, type Requirement } from './requires';
export { mayGrant, mayHold, permissionsOf, permissionsOfRole, roleTable, type HeldRole, type Place } from './role-table';
