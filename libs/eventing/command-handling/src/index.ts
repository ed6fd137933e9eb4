export type { CommandContext } from './command-context';
export type {
  Aggregate,
  AggregateHandler,
  CommandHandling,
  CommandMetrics,
  Handled,
  HandlingRejection,
  Loaded,
  Snapshot,
  SnapshotStore,
} from './command-handling';
export { commandHandling } from './handle';
