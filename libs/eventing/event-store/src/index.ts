export {
  categoryOf,
  maxAppendBytes,
  startOfLog,
  type AppendOutcome,
  type EventMeta,
  type EventStore,
  type LogBatch,
  type LogHead,
  type LogSubscription,
  type NewEvent,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  type StreamAppend,
  type StreamName,
} from './event-store';
export { checkStreamsDistinct, encodeAppend, type EncodedAppend, type EncodedEvent, type Encoding } from './encoded-append';
export { inMemoryEventStore, type InMemoryEventStore, type InMemoryEventStoreOptions } from './in-memory-event-store';
export { bell, followLog, type Bell, type FollowedLog } from './log-follower';
