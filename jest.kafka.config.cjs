const { projects, testTimeout } = require('./jest.config.cjs');

/** The tests that need a real Kafka broker, which the run brings itself: a command of its own, `npm run test:kafka`. */
const { displayName, testMatch, testPathIgnorePatterns, ...asOthers } = projects[0];
// As built: what starts before any test does not know the names of our libraries.
const testing = '<rootDir>/dist/libs/eventing/integration-bus-kafka/src/testing';

module.exports = {
  ...asOthers,
  testTimeout,
  testMatch: ['<rootDir>/{libs,e2e}/**/*.kafka.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  globalSetup: `${testing}/bring-a-broker.js`,
  globalTeardown: `${testing}/take-the-broker-away.js`,
  maxWorkers: 1,
  // The driver keeps timers for connections that a test took away from it.
  forceExit: true,
};
