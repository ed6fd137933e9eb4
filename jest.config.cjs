const { availableParallelism } = require('node:os');
const { join } = require('node:path');
const { compilerOptions } = require('./tsconfig.base.json');

// Most of what a process of the product does at its start is to compile what hundreds before it have compiled.
process.env.NODE_COMPILE_CACHE ??= join(__dirname, 'node_modules/.cache/stockproof');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [file]]) => [`^${alias}$`, `<rootDir>/${file}`]),
);
const swc = {
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};
const testRun = '<rootDir>/tools/test-run';
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper,
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(more.ignore ?? [])],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stockproof/'],
  ...(more.around ?? {}),
});

/** Three kinds of test, told apart by file name: pure, adapters and HTTP, the whole product. */
module.exports = {
  // Tests of the whole product mostly wait: two at once also where there are but two cores.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '512MB',
  testTimeout: 60_000,
  testSequencer: `${testRun}/longest-first.cjs`,
  projects: [
    project('unit', ['<rootDir>/{libs,apps,bench,demo,e2e,proofs}/**/*.spec.ts', '<rootDir>/tools/**/*.spec.mjs'], {
      ignore: ['\\.(int|e2e|eventstoredb|kafka)\\.spec\\.ts$'],
    }),
    project('integration', ['<rootDir>/{libs,apps,bench,demo,proofs}/**/*.int.spec.ts']),
    project('product', ['<rootDir>/{e2e,bench,demo,proofs}/**/*.e2e.spec.ts'], {
      around: { globalSetup: `${testRun}/prepare-installation.cjs`, globalTeardown: `${testRun}/forget-installation.cjs` },
    }),
  ],
};
