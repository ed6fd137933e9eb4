export { standInVersion, startStandIn, type EventStoreDbStandIn } from './stand-in';
