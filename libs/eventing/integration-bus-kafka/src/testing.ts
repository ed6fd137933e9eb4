export { brokerWithDoors, ownBroker, sharedBroker, type TestBroker } from './testing/test-broker';
