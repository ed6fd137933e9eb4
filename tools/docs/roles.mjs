import { compiled } from './compiled.mjs';
import { code, generatedBy, link, table } from './markdown.mjs';

const tableFile = 'libs/edge/access/src/role-table.ts';
const permissionsFile = 'libs/edge/access/src/permissions.ts';

const mark = (permissions, permission) => (permissions.includes(permission) ? 'yes' : '');

const matrix = (permissions, roles) =>
  table(
    ['Permission', ...roles.map(([name]) => name)],
    permissions.map((permission) => [code(permission), ...roles.map(([, held]) => mark(held, permission))]),
  );

/** docs/generated/roles.md: who may do what, from the table that decides it. */
export const roles = () => {
  const { roleTable } = compiled(tableFile);
  const { installationPermissions, organizationPermissions, accountPermissions } = compiled(permissionsFile);
  const organization = Object.entries(roleTable.organization);
  const text = [
    generatedBy('the role table'),
    '# Roles and permissions',
    `Decided by ${link('role-table.ts', tableFile)}. Scopes of API keys have the same names; a key never holds more than its creator.`,
    '## In an account, by a role in that account',
    matrix(accountPermissions, Object.entries(roleTable.account)),
    '## In every account of the organization, by a role in the organization',
    matrix(accountPermissions, organization),
    '## In the organization itself',
    matrix(organizationPermissions, organization),
    '## In the installation',
    matrix(installationPermissions, [['administrator', roleTable.installation]]),
  ];
  return [['roles.md', text.join('\n\n')]];
};
