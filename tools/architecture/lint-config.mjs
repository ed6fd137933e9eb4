import { builtinModules } from 'node:module';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { boundariesOfSpecs } from './boundaries.mjs';
import { rules } from './rules.mjs';

const specs = ['**/*.spec.ts'];
const suites = ['**/*.suite.ts', '**/*-suite*.ts', '**/testing.ts', '**/testing/**/*.ts'];
/** Test languages, conformance suites and what specs share: it runs in tests only. */
const testSupport = [...suites, 'libs/eventing/decider-testing/**/*.ts', 'e2e/**/*.ts', 'proofs/**/*.ts', 'bench/**/*.ts'];
const domains = ['libs/*/domain/**/*.ts'];
const contracts = ['libs/*/contracts/**/*.ts'];
const ground = ['libs/eventing/decider/**/*.ts', 'libs/vocabulary/**/*.ts'];

const told = (what) => `A decision is told ${what}: take it from the command.`;
const readsTheWorld = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: told('the time') },
  { selector: "CallExpression[callee.name='Date']", message: told('the time') },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: told('the time') },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: told('what is random') },
  { selector: 'AwaitExpression', message: 'Deciding never waits.' },
  { selector: 'ForOfStatement[await=true]', message: 'Deciding never waits.' },
  { selector: ':function[async=true]', message: 'Deciding never waits.' },
  { selector: 'Decorator', message: 'No decorators here.' },
];
const decides = [
  { selector: 'ThrowStatement', message: 'The domain refuses with a rejection; it does not throw.' },
  { selector: 'TryStatement', message: 'The domain has nothing to catch.' },
  { selector: 'ClassDeclaration, ClassExpression', message: 'State, command, event and refusal are data: no classes.' },
  { selector: 'SwitchCase[test=null]', message: 'No default: leaving out a case of the union must not compile.' },
];
const worldly = [
  'process',
  'console',
  'crypto',
  'performance',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Promise',
  'require',
];

const nodes = [
  'process',
  'console',
  'Buffer',
  'URL',
  'fetch',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'performance',
  'AbortSignal',
];
const globalsOf = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

const boundaryRule = (depConstraints) => ({
  '@nx/enforce-module-boundaries': ['error', { allow: [], enforceBuildableLibDependency: false, depConstraints }],
});

const budgets = [
  {
    files: ['**/*.{ts,mjs,cjs}'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-depth': ['error', 3],
      'stockproof/function-length': ['error', 60],
      'stockproof/parameters': ['error', { functions: 4, constructors: 6 }],
      'stockproof/names': 'error',
      'no-empty': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['**/require-node-24.cjs'], rules: { 'no-var': 'off' } },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { globals: globalsOf(...nodes) },
    rules: { 'no-undef': 'error', 'no-unused-vars': ['error', { varsIgnorePattern: '^_', ignoreRestSiblings: true }] },
  },
  { files: ['**/*.spec.mjs'], languageOptions: { globals: globalsOf('describe', 'it', 'expect', 'beforeAll', 'afterAll') } },
  { files: ['**/*.cjs'], languageOptions: { globals: globalsOf('require', 'module', '__dirname') } },
];

const everyModule = (boundaries) => [
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules: {
      ...boundaryRule(boundaries),
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      'stockproof/import-the-file': [
        'error',
        { patterns: [{ regex: '^\\.{1,2}(/\\.\\.)*/?$|^\\.{1,2}/(.*/)?index$', message: 'Import the file, not the folder.' }] },
      ],
    },
  },
  {
    files: ['**/src/index.ts'],
    rules: {
      'stockproof/explicit-index': [
        'error',
        { selector: 'ExportAllDeclaration[exported=null]', message: 'An index names what it exports.' },
      ],
    },
  },
];

/** What decides or describes: the same everywhere and always. */
const purity = [
  {
    files: [...domains, ...contracts, ...ground],
    ignores: specs,
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      'stockproof/pure-imports': [
        'error',
        {
          paths: builtinModules,
          patterns: [{ group: ['node:*', 'node:*/**'], message: 'What decides or describes knows nothing of the machine.' }],
        },
      ],
      'stockproof/honest-types': [
        'error',
        { selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword', message: 'No "as unknown as": the types must say it.' },
      ],
    },
  },
  {
    files: [...domains, ...ground],
    ignores: specs,
    rules: {
      'stockproof/pure-code': ['error', ...readsTheWorld],
      'no-restricted-globals': ['error', ...worldly.map((name) => ({ name, message: 'What decides knows nothing of the machine.' }))],
    },
  },
  { files: domains, ignores: specs, rules: { 'stockproof/pure-domain': ['error', ...decides] } },
];

/** What a file's name lets it import and read. */
const doors = [
  { files: ['libs/**/*.ts'], rules: { 'no-console': 'error' } },
  {
    files: ['libs/*/domain/**/*.spec.ts', 'libs/eventing/decider*/**/*.spec.ts', 'libs/vocabulary/**/*.spec.ts'],
    rules: {
      'stockproof/pure-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@nestjs/*', '@nestjs/*/**', 'pg', 'node:*', '@stockproof/postgres-*'],
              message: 'A pure spec needs nothing of the machine.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/*/service/**/*.ts'],
    ignores: ['**/*.module.ts', '**/*.controller.ts', '**/*.requests.ts', '**/consumes/**', ...specs, ...testSupport],
    rules: {
      'stockproof/nestjs-at-the-door': [
        'error',
        {
          patterns: [
            { group: ['@nestjs/*', '@nestjs/*/**'], message: 'NestJS stays in *.module.ts, *.controller.ts, *.requests.ts and consumes/.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: [...specs, ...testSupport],
    rules: {
      'stockproof/suites-are-for-specs': [
        'error',
        {
          patterns: [{ group: ['@stockproof/*/testing', '**/testing', '@nestjs/testing'], message: 'Suites and stand-ins are for specs.' }],
        },
      ],
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: ['**/*.config.ts', '**/main.ts', ...specs, ...testSupport],
    rules: {
      'stockproof/environment-in-config': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in *.config.ts or main.ts and pass it on.' },
      ],
    },
  },
];

const tests = (boundaries) => [
  {
    files: specs,
    rules: {
      ...boundaryRule(boundariesOfSpecs(boundaries, [])),
      'max-lines': 'off',
      'stockproof/function-length': 'off',
      'stockproof/import-the-file': 'off',
      'stockproof/parameters': 'off',
      'stockproof/tests-that-can-fail': [
        'error',
        {
          selector: 'CallExpression > MemberExpression.callee[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo)$/]',
          message: 'A test runs, or it is deleted.',
        },
        {
          selector: "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout']",
          message: 'A test does not sleep: poll with a deadline, and say what was seen last.',
        },
        { selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]', message: 'A test runs, or it is deleted.' },
      ],
    },
  },
  { files: suites, rules: { 'max-lines': 'off', 'stockproof/function-length': 'off' } },
  {
    files: ['**/*.int.spec.ts', '**/*.e2e.spec.ts', '**/*.kafka.spec.ts', '**/testing/**/*.ts'],
    rules: boundaryRule(boundariesOfSpecs(boundaries, ['type:adapter', 'type:engines', 'type:hosting', 'type:port', 'type:contracts'])),
  },
];

/** The rules of the house as an ESLint flat config; the table of boundaries is handed in so that tests can take a row away. */
export const lintConfig = (boundaries) => [
  { ignores: ['node_modules', '.nx', 'dist', 'coverage', '.stockproof', 'docs/generated'] },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@nx': nx, stockproof: { rules }, '@typescript-eslint': tseslint.plugin },
  },
  ...budgets,
  ...everyModule(boundaries),
  ...purity,
  ...doors,
  ...tests(boundaries),
];
