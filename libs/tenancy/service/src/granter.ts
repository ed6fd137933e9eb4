import { accessProblems, type Caller } from '@stockproof/access';
import { ProblemException } from '@stockproof/http-problems';
import type { Granter } from '@stockproof/tenancy-domain';

/** Who grants, with the role they hold at this place. Roles are granted by people: a key is nobody to stand above. */
export const granterOf = ({ principal, accountId }: Caller<string | null>): Granter => {
  if (principal.kind === 'key')
    throw new ProblemException({ ...accessProblems.forbidden, detail: 'Roles are granted by people, not by keys.' });
  const { id: userId, access } = principal;
  if (access.installationAdministrator) return { kind: 'installation' };
  if (access.organizationRole !== null) return { kind: 'organization', userId, role: access.organizationRole };
  const held = access.accountRoles.find((role) => role.accountId === accountId);
  if (held === undefined) throw new ProblemException(accessProblems.forbidden);
  return { kind: 'account', userId, role: held.role };
};
