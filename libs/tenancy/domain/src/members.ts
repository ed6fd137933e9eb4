import type { AccountRole, OrganizationRole } from './roles';

/** A person's place in an organization or an account. */
export type Member<Role extends OrganizationRole | AccountRole> = { readonly role: Role; readonly active: boolean };
export type Members<Role extends OrganizationRole | AccountRole> = Map<string, Member<Role>>;

/** Whether nobody active would keep the role once this person has it no more. */
export const isLastWith = <Role extends OrganizationRole | AccountRole>(members: Members<Role>, userId: string, role: Role): boolean => {
  const person = members.get(userId);
  if (!person?.active || person.role !== role) return false;
  return ![...members].some(([id, member]) => id !== userId && member.active && member.role === role);
};
