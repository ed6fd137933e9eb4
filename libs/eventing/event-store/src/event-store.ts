import type { JsonObject } from '@stockproof/decider';
import type { AccountId, Instant, OrganizationId } from '@stockproof/vocabulary';

/** `<context>.<aggregate>-<accountId>-<id>`; the category is what stands before the first hyphen. */
export type StreamName = string;

/** The number of events in a stream (0: none). An event's own revision is its stream's after it: the first is 1. */
export type Revision = number;

/** A place in a service's log. Opaque; compare with `<` as text. `startOfLog` sorts before every event. */
export type Position = string;
export const startOfLog: Position = '';

/** What is known of an event besides its data. Written once by command handling; adapters keep it as it is. */
export type EventMeta = {
  readonly commandId: string;
  readonly correlationId: string;
  /** The id of the command or event that led to this one. */
  readonly causationId: string;
  /** `user:<id>`, `key:<id>`, or `service:<name>`. */
  readonly actor: string;
  readonly organizationId: OrganizationId;
  /** `null` for what belongs to the organization itself. */
  readonly accountId: AccountId | null;
  /** When it happened in the world, where that differs from when it was recorded. */
  readonly effectiveAt: Instant | null;
  readonly schemaVersion: number;
  /** W3C trace context. */
  readonly traceparent?: string;
};

export type NewEvent = { readonly id: string; readonly type: string; readonly data: JsonObject; readonly meta: EventMeta };

export type RecordedEvent = NewEvent & {
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: Position;
  /** Set by the store; never below its predecessor's in the log. */
  readonly recordedAt: Instant;
};

/** Events for one stream, taken all or none, only at exactly this revision. Without events it only checks. */
export type StreamAppend = { readonly stream: StreamName; readonly expectedRevision: Revision; readonly events: readonly NewEvent[] };

/**
 * What became of one append.
 * - `appended`: written, or found already written: the expected revision lies below the head and the ids stored right after it
 *   are exactly these (a blind retry of the same append is safe).
 * - `conflict`: the stream stands elsewhere; nothing written.
 * - `refused`: never storable (NUL or lone surrogate in a text, larger than 1 MiB, or only some of the ids stored); nothing written.
 */
export type AppendOutcome =
  | { readonly outcome: 'appended'; readonly revision: Revision; readonly position: Position }
  | { readonly outcome: 'conflict'; readonly actualRevision: Revision }
  | { readonly outcome: 'refused'; readonly reason: string };

export type ReadStreamOptions = {
  readonly direction?: 'forward' | 'backward';
  /** Forward: events after this revision (default 0). Backward: events up to and with it (default: the head). */
  readonly from?: Revision;
  readonly limit?: number;
};

export type LogBatch = {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here has been looked at, matching or not: the next read goes on after it. */
  readonly scannedTo: Position;
};

export type LogHead = { readonly position: Position; readonly eventId: string | null };

/** Delivers batches in log order, one at a time; the next waits for the promise. A rejected promise ends the subscription with that error. */
export type LogSubscription = { readonly stop: () => Promise<void>; readonly ended: Promise<void> };

/** The largest append, as JSON text in bytes: what every engine takes (EventStoreDB's own limit is the tightest). */
export const maxAppendBytes = 1_048_576;

/** One service's event streams and its log. Every adapter passes `eventStoreSuite`. */
export type EventStore = {
  /** Id of this log's history; a restored or replaced log may share positions, so checkpoints also verify event ids. */
  readonly logId: () => Promise<string>;
  /** Appends to many streams, each atomic on its own with its own outcome, in the order given. A stream stands at most once in a call. */
  readonly append: (appends: readonly StreamAppend[]) => Promise<readonly AppendOutcome[]>;
  readonly readStream: (stream: StreamName, options?: ReadStreamOptions) => Promise<readonly RecordedEvent[]>;
  /** Many streams at once, each whole after its `from`, in the order asked. */
  readonly readStreams: (
    reads: readonly { readonly stream: StreamName; readonly from?: Revision }[],
  ) => Promise<readonly (readonly RecordedEvent[])[]>;
  /** At most `limit` events after a position in log order; gap-free: an event that a reader has passed never appears later. */
  readonly readAll: (after: Position, limit: number) => Promise<LogBatch>;
  /** Catch-up, then live. `batchSize` caps a batch (default 500). */
  readonly subscribe: (
    after: Position,
    onBatch: (batch: LogBatch) => Promise<void>,
    options?: { readonly batchSize?: number },
  ) => LogSubscription;
  readonly head: () => Promise<LogHead>;
  /** The event at exactly this position, or null: how a checkpoint finds out that the log is another one. */
  readonly eventAt: (position: Position) => Promise<RecordedEvent | null>;
  readonly close: () => Promise<void>;
};

/** The category of a stream: what stands before its first hyphen. */
export const categoryOf = (stream: StreamName): string => stream.slice(0, stream.indexOf('-'));
