export { ownBroker, sharedBroker, type TestBroker } from './testing/test-broker';
