export { askBroker } from './testing/broker-admin';
export { setBackGroups } from './testing/set-back';
export { brokerWithDoors, ownBroker, sharedBroker, type TestBroker } from './testing/test-broker';
