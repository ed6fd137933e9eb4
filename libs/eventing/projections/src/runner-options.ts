import type { EventStore } from '@stockproof/event-store';
import type { Database } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { Projection, ViewStatus } from './projection';

export type ProjectionLog = {
  readonly info: (details: object, message: string) => void;
  readonly warn: (details: object, message: string) => void;
  readonly error: (details: object, message: string) => void;
};

export type ProjectionRunnerOptions = {
  /** Names the schemas: `<service>_views` holds the views. */
  readonly service: string;
  readonly store: EventStore;
  /** Creates, switches and drops views. */
  readonly owner: Database;
  /** Writes rows and checkpoints. */
  readonly worker: Database;
  readonly projections: readonly Projection[];
  readonly log: ProjectionLog;
  readonly clock?: Clock;
  /** Makes the derived schema again where somebody dropped it whole: running the migrations does. */
  readonly recreateSchema?: () => Promise<void>;
  /** Told when a view stops or starts again. */
  readonly onStatus?: (status: Pick<ViewStatus, 'view' | 'lastError'>) => void;
  /** Events per transaction. Default 1,000. */
  readonly batchSize?: number;
  /** How often the place of the views is checked against the log, which may have been restored under them. Default 5 s. */
  readonly verifyMs?: number;
};
