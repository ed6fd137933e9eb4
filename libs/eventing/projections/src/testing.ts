export { projectionTest, type ProjectionTest } from './testing/projection-test';
export { recordedEvents, testAccount, testOrganization, type WrittenDown } from './testing/recorded-events';
