export {
  partitionsPerTopic,
  type BatchContext,
  type BusSubscription,
  type DeliveredMessage,
  type IntegrationBus,
  type IntegrationMessage,
  type PartitionBatch,
  type PartitionLag,
  type SubscribeOptions,
} from './integration-bus';
