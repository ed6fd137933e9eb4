import { explained, problem, type ProblemDetail, type ProblemMap } from '@stockproof/http-problems';
import type { DependencyMissing, OrganizationRejection } from '@stockproof/tenancy-domain';

type Of<Type extends OrganizationRejection['type']> = Extract<OrganizationRejection, { readonly type: Type }>;

const details = (ids: readonly string[], code: string, message: string): readonly ProblemDetail[] =>
  ids.map((id) => ({ pointer: '', code, message: `${message}: ${id}` }));

/** What must be there first, each with the call that adds it. */
export const dependencyMissing = explained<DependencyMissing>(
  problem(409, 'dependency-missing', 'Something must be set up first'),
  ({ missing }) => ({
    detail: `Missing: ${missing.map(({ what }) => what).join(', ')}.`,
    errors: missing.map(({ what, call }) => ({ pointer: '', code: 'dependency-missing', message: `${what} – add it with ${call}` })),
  }),
);

export const roleAboveOwn = explained<{ readonly role: string }>(
  problem(403, 'role-above-own', 'Nobody grants or takes away a role above their own'),
  ({ role }) => ({
    detail: `The role is ${role}.`,
  }),
);

export const emailTaken = problem(409, 'e-mail-taken', 'Somebody signs in with this e-mail already');

export const organizationProblems: ProblemMap<OrganizationRejection> = {
  OrganizationUnknown: problem(404, 'not-found', 'There is nothing here'),
  OrganizationAlreadyExists: problem(409, 'organization-already-exists', 'The organization exists already'),
  UserUnknown: problem(404, 'not-found', 'There is nothing here'),
  UserAlreadyThere: problem(409, 'user-already-there', 'The user belongs to it already'),
  RoleAboveOwn: roleAboveOwn,
  OwnRole: problem(409, 'own-role', 'Nobody changes or ends their own role'),
  LastOwner: problem(409, 'last-owner', 'The last owner cannot go'),
  LastAdministrator: problem(409, 'last-administrator', 'The last administrator cannot go'),
  WarehouseCodeTaken: explained<Of<'WarehouseCodeTaken'>>(
    problem(409, 'warehouse-code-taken', 'Another warehouse has this code'),
    ({ code, takenBy }) => ({
      detail: `${code} belongs to the warehouse ${takenBy}.`,
    }),
  ),
  WarehousesUnknown: problem(404, 'not-found', 'There is nothing here'),
  PhysicalWarehouseHasNoMembers: problem(422, 'physical-warehouse-has-no-members', 'Only a virtual warehouse has members'),
  MembersUnusable: explained<Of<'MembersUnusable'>>(
    problem(422, 'members-unusable', 'A virtual warehouse has two or more physical warehouses as members'),
    ({ tooFew, unknown, notPhysical, archived, twice }) => ({
      errors: [
        ...(tooFew ? [{ pointer: '/members', code: 'too-few', message: 'at least two members' }] : []),
        ...details(unknown, 'unknown', 'no such warehouse'),
        ...details(notPhysical, 'not-physical', 'not a physical warehouse'),
        ...details(archived, 'archived', 'archived'),
        ...details(twice, 'twice', 'named twice'),
      ],
    }),
  ),
  MembersNotEnabled: explained<Of<'MembersNotEnabled'>>(
    problem(409, 'members-not-enabled', 'Accounts that use the virtual warehouse have not enabled every new member'),
    ({ missing }) => ({
      errors: missing.map(({ accountId, warehouseId }) => ({
        pointer: '/members',
        code: 'dependency-missing',
        message: `account ${accountId} has not enabled ${warehouseId} – add it with PUT /v1/tenancy/accounts/${accountId}/warehouses/${warehouseId}`,
      })),
    }),
  ),
  WarehouseInUse: explained<Of<'WarehouseInUse'>>(
    problem(409, 'warehouse-in-use', 'The warehouse is still in use'),
    ({ enabledIn, memberOf }) => ({
      errors: [
        ...details(enabledIn, 'enabled', 'enabled for the account'),
        ...details(memberOf, 'member', 'member of the virtual warehouse'),
      ],
    }),
  ),
  AccountUnknown: problem(404, 'not-found', 'There is nothing here'),
  AccountNameTaken: explained<Of<'AccountNameTaken'>>(
    problem(409, 'account-name-taken', 'Another account has this name'),
    ({ takenBy }) => ({ detail: `It is ${takenBy}.` }),
  ),
  AccountCodeTaken: explained<Of<'AccountCodeTaken'>>(
    problem(409, 'account-code-taken', 'Another account has the code that this name gives'),
    ({ code, takenBy }) => ({
      detail: `${code} belongs to the account ${takenBy}.`,
    }),
  ),
  NameGivesNoCode: problem(422, 'name-gives-no-code', 'The name holds neither a letter nor a digit to make a code of'),
  DependencyMissing: dependencyMissing,
};
