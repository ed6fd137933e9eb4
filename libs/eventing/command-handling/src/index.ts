export type { CommandContext } from './command-context';
export type {
  Aggregate,
  AggregateHandler,
  CommandHandling,
  CommandMetrics,
  Handled,
  HandlingRejection,
  Loaded,
  Seen,
  Snapshot,
  SnapshotStore,
} from './command-handling';
export { commandHandling, type CommandHandlingOptions } from './handle';
export { commandMemoryMs } from './folded';
export { inMemorySnapshots } from './in-memory-snapshots';
