export { BusTransport, type BusTransportOptions, type ConsumerStatus } from './bus-transport';
export { connectBusTransport } from './connect-bus-transport';
export { PoisonMessage, TryAgain, type BatchHandler, type MessageBatch } from './consumer';
export type { ConsumerLog, ConsumerMetrics } from './consumer-metrics';
export { heardTopics, type HeardTopic } from './consumer-groups';
export { accountOf, allEnded, contextOf, refusalOf, type MessageCause } from './hearing';
export { busTransportMigrations } from './migrations';
export { accountsWithParked, parkedStandings, type ParkedStanding } from './parked-standing';
export {
  everyone,
  parkedKeys,
  type WaitingMessage,
  type ParkedKey,
  type ParkedKeyId,
  type ParkedKeyPlace,
  type ParkedKeys,
} from './parked-keys';
export type { RetryLimits } from './retry-waits';
