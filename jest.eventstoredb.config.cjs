const { projects, testTimeout } = require('./jest.config.cjs');

/** The tests of the EventStoreDB adapter, on a server or its stand-in: a command of its own, `npm run test:eventstoredb`. */
const { displayName, testMatch, testPathIgnorePatterns, ...asOthers } = projects[0];

module.exports = {
  ...asOthers,
  testTimeout,
  testMatch: ['<rootDir>/{libs,e2e}/**/*.eventstoredb.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  maxWorkers: 1,
};
