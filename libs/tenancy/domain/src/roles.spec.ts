import { accountRoles, mayGrantInAccount, mayGrantInOrganization, organizationRoles } from './roles';

describe('the role ladder', () => {
  it.each([
    ['owner', 'owner, administrator, supervisor, viewer'],
    ['administrator', 'administrator, supervisor, viewer'],
    ['supervisor', 'supervisor, viewer'],
    ['viewer', 'viewer'],
  ] as const)('lets an organization %s grant %s', (role, grants) => {
    expect(
      organizationRoles.filter((wanted) => mayGrantInOrganization({ kind: 'organization', userId: 'u', role }, wanted)).join(', '),
    ).toBe(grants);
  });

  it.each([
    ['administrator', 'administrator, supervisor, operator, viewer'],
    ['supervisor', 'supervisor, operator, viewer'],
    ['operator', 'operator, viewer'],
    ['viewer', 'viewer'],
  ] as const)('lets an account %s grant %s', (role, grants) => {
    expect(accountRoles.filter((wanted) => mayGrantInAccount({ kind: 'account', userId: 'u', role }, wanted)).join(', ')).toBe(grants);
  });

  it('lets nobody of an account grant anything in the organization', () => {
    expect(
      organizationRoles.filter((wanted) => mayGrantInOrganization({ kind: 'account', userId: 'u', role: 'administrator' }, wanted)),
    ).toEqual([]);
  });

  it('keeps the installation administrator out of accounts', () => {
    expect(accountRoles.filter((wanted) => mayGrantInAccount({ kind: 'installation' }, wanted))).toEqual([]);
  });
});
