export { eventually } from './eventually';
export { integrationBusSuite, type BusUnderTest } from './integration-bus-suite';
export { someMessage } from './some-message';
