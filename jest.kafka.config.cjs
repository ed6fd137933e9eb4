const { projects, testTimeout } = require('./jest.config.cjs');

/** The tests that need a real Kafka broker, which the run brings itself: a command of its own, `npm run test:kafka`. */
const { displayName, testMatch, testPathIgnorePatterns, ...asOthers } = projects[0];
const testing = '<rootDir>/libs/eventing/integration-bus-kafka/src/testing';

module.exports = {
  ...asOthers,
  testTimeout,
  testMatch: ['<rootDir>/{libs,e2e}/**/*.kafka.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  globalSetup: `${testing}/bring-a-broker.ts`,
  globalTeardown: `${testing}/take-the-broker-away.ts`,
  maxWorkers: 1,
  // The driver keeps timers for connections that a test took away from it.
  forceExit: true,
};
