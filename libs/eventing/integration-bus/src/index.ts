export {
  partitionsPerTopic,
  PartitionsDiffer,
  type BatchContext,
  type BusSubscription,
  type DeliveredMessage,
  type IntegrationBus,
  type IntegrationMessage,
  type PartitionBatch,
  type PartitionLag,
  type SubscribeOptions,
} from './integration-bus';
export { checkSizes, maxMessageBytes, messageBytes, MessageTooLarge } from './message-size';
export { partitionOf } from './partition';
export { readUntil } from './read-until';
export { inMemoryBus, type InMemoryBus, type InMemoryBusOptions } from './in-memory-bus';
