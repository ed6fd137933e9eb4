import { importing, ours, breaking, lines, parameters, domain, contracts, service, vocabulary, kernel, app } from './sample.mjs';

const impure = 'stockproof/pure-code';
const undecided = 'stockproof/pure-domain';
const impureCode = [
  breaking('the domain may not know the machine', domain, 'stockproof/pure-imports', importing('node:crypto')),
  breaking('nor by its old name', domain, 'stockproof/pure-imports', importing('crypto')),
  breaking('the kernel may not know the machine', kernel, 'stockproof/pure-imports', importing('node:fs/promises')),
  breaking('the vocabulary may not know the machine', vocabulary, 'stockproof/pure-imports', importing('node:crypto')),
  breaking('contracts may not know the machine', contracts, 'stockproof/pure-imports', importing('node:crypto')),
  breaking('the domain may not read the environment', domain, 'no-restricted-globals', 'export const x = () => process.env.X;'),
  breaking('the domain may not start a timer', domain, 'no-restricted-globals', 'export const x = () => setTimeout(() => 1, 1);'),
  breaking('the domain makes no promises', domain, 'no-restricted-globals', 'export const x = () => Promise.resolve(1);'),
  breaking('the domain does not read the clock', domain, impure, 'export const x = () => new Date();'),
  breaking('nor by Date.now', domain, impure, 'export const x = () => Date.now();'),
  breaking('nor hands the clock on', domain, impure, 'export const x = Date.now;'),
  breaking('nor as a function', domain, impure, 'export const x = () => Date();'),
  breaking('the domain does not roll dice', domain, impure, 'export const x = () => Math.random();'),
  breaking('the domain does not wait', domain, impure, 'export const x = async () => 1;'),
  breaking('the kernel does not wait', kernel, impure, 'export const x = async () => 1;'),
  breaking('the vocabulary does not read the clock', vocabulary, impure, 'export const x = () => Date.now();'),
  breaking('the domain is not decorated', domain, impure, 'const d = () => {}; export class X { @d y() {} }'),
  breaking('the domain does not throw', domain, undecided, `export const x = () => { throw new Error('no'); };`),
  breaking(
    'the domain catches nothing',
    domain,
    undecided,
    'export const x = () => { try { return 1; } catch (error) { return error; } };',
  ),
  breaking('the domain has no classes', domain, undecided, 'export class X {}'),
  breaking(
    'a switch in the domain has no default',
    domain,
    undecided,
    'export const x = (y: 1 | 2) => { switch (y) { case 1: return 1; default: return 2; } };',
  ),
  breaking('no any in the domain', domain, '@typescript-eslint/no-explicit-any', 'export const x = (y: any) => y;'),
  breaking('no any in contracts', contracts, '@typescript-eslint/no-explicit-any', 'export const x = (y: any) => y;'),
  breaking('no any in the kernel', kernel, '@typescript-eslint/no-explicit-any', 'export const x = (y: any) => y;'),
  breaking('no double cast in the domain', domain, 'stockproof/honest-types', 'export const x = (y: string) => y as unknown as number;'),
  breaking('no double cast in contracts', contracts, 'stockproof/honest-types', 'export const x = (y: string) => y as unknown as number;'),
  breaking('no double cast in the kernel', kernel, 'stockproof/honest-types', 'export const x = (y: string) => y as unknown as number;'),
  breaking(
    'message shapes are types',
    domain,
    '@typescript-eslint/consistent-type-definitions',
    'export interface X { readonly y: string }',
  ),
  breaking(
    'a publisher is a plain function',
    'libs/sales/service/src/publishes/x.ts',
    'stockproof/nestjs-at-the-door',
    importing('@nestjs/common'),
  ),
  breaking(
    'a guard belongs to the edge',
    'libs/sales/service/src/sales-order/x.guard.ts',
    'stockproof/nestjs-at-the-door',
    importing('@nestjs/common'),
  ),
  breaking(
    'only *.config.ts reads the environment',
    'libs/sales/service/src/sales.module.ts',
    'stockproof/environment-in-config',
    'export const x = process.env.X;',
  ),
  breaking('an app reads the environment in one place', app, 'stockproof/environment-in-config', 'export const x = process.env;'),
  breaking('suites are for specs', service, 'stockproof/suites-are-for-specs', ours('event-store/testing')),
  breaking(
    'NestJS’s test module is for specs',
    'libs/sales/service/src/x.module.ts',
    'stockproof/suites-are-for-specs',
    importing('@nestjs/testing'),
  ),
  breaking('import the file, not the folder', service, 'stockproof/import-the-file', importing('./index')),
  breaking('nor the folder above', 'libs/sales/service/src/sales-order/x.ts', 'stockproof/import-the-file', importing('..')),
  breaking('an index names what it exports', 'libs/sales/service/src/index.ts', 'stockproof/explicit-index', `export * from './x';`),
];

const overBudget = [
  breaking(
    'a file has 250 lines',
    service,
    'max-lines',
    lines(251, (index) => `export const x${index} = ${index};`),
  ),
  breaking(
    'a function has 60 lines',
    service,
    'stockproof/function-length',
    `export const x = () => {\n${lines(60, (index) => `  void ${index};`)}\n};`,
  ),
  breaking(
    'complexity 10',
    service,
    'complexity',
    `export const x = (y: number) => {\n${lines(10, (index) => `  if (y === ${index}) return ${index};`)}\n  return 0;\n};`,
  ),
  breaking(
    'depth 3',
    service,
    'max-depth',
    'export const x = (y: number) => { if (y) { if (y) { if (y) { if (y) { return 1; } } } } return 0; };',
  ),
  breaking('4 parameters', service, 'stockproof/parameters', 'export const x = (a: 1, b: 2, c: 3, d: 4, e: 5) => [a, b, c, d, e];'),
  breaking('6 dependencies of a constructor', service, 'stockproof/parameters', `export class X { constructor(${parameters(7)}) {} }`),
];

const name = 'stockproof/names';
const badNames = [
  breaking('no I… names', service, name, 'export interface ISalesOrder { readonly y: string }'),
  breaking('no …Impl names', service, name, 'export class SalesOrdersImpl {}'),
  breaking('no Base… names', service, name, 'export class BaseController {}'),
  breaking('no …Manager names', service, name, 'export const stockManager = 1;'),
  breaking('no …Helper names', service, name, 'export function orderHelper() {}'),
  breaking('no helper files', 'libs/sales/service/src/order-helper.ts', name, 'export const x = 1;'),
  breaking('no utils files', 'libs/sales/service/src/utils.ts', name, 'export const x = 1;'),
  breaking('file names are kebab-case', 'libs/sales/service/src/salesOrder.ts', name, 'export const x = 1;'),
  breaking('work to do is not left in comments', service, 'no-warning-comments', '// TODO: later\nexport const x = 1;'),
  breaking('no skipped test', 'libs/sales/service/src/x.spec.ts', 'stockproof/tests-that-can-fail', `it.skip('x', () => {});`),
  breaking(
    'no single test left switched on',
    'libs/sales/service/src/x.spec.ts',
    'stockproof/tests-that-can-fail',
    `describe.only('x', () => {});`,
  ),
];

/** Code that breaks one rule each. */
export const forbiddenCode = [...impureCode, ...overBudget, ...badNames];
