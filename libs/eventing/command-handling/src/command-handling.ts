import type { AnyCommand, AnyEvent, AnyRejection, Decider, JsonObject } from '@stockproof/decider';
import type { Position, Revision, StreamName } from '@stockproof/event-store';
import type { Instant } from '@stockproof/vocabulary';
import type { CommandContext } from './command-context';

/** A decider and what command handling must know to keep its streams. One per aggregate, made once. */
export type Aggregate<S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection> = {
  /** `<context>.<aggregate>`: all stream names of the aggregate start with it and a hyphen. */
  readonly category: string;
  readonly decider: Decider<S, C, E, R>;
  /** Version of the events that are written now. */
  readonly schemaVersion: number;
  /** Old data to the present shape; called for events with a lower schema version only. */
  readonly upcast?: (event: { readonly type: string; readonly data: JsonObject; readonly schemaVersion: number }) => {
    readonly type: string;
    readonly data: JsonObject;
  };
  /** When the fact happened in the world, where the event says so. */
  readonly effectiveAt?: (event: E) => Instant | null;
  /** Long streams: the state as JSON, kept every so many events under its own version. */
  readonly snapshot?: {
    readonly version: number;
    readonly every: number;
    readonly toJson: (state: S) => JsonObject;
    readonly fromJson: (json: JsonObject) => S;
  };
};

/** Why command handling itself says no, whatever the decider thinks. */
export type HandlingRejection =
  | { readonly type: 'ConcurrentModification' }
  | { readonly type: 'CommandTooOld' }
  | { readonly type: 'RevisionMismatch'; readonly actualRevision: Revision }
  | { readonly type: 'NotStorable'; readonly reason: string };

export type Handled<E extends AnyEvent, R extends AnyRejection> =
  | {
      readonly outcome: 'accepted';
      readonly events: readonly E[];
      /** The stream's revision after the command. */
      readonly revision: Revision;
      /** A view that has read this far shows the command's effect. */
      readonly position: Position;
      /** True when the stream knew the command already: the events are those of the first time. */
      readonly repeated: boolean;
    }
  | { readonly outcome: 'rejected'; readonly rejection: R | HandlingRejection; readonly revision: Revision };

/**
 * A stream's state as this process has it. It is the living object: read it before the next `await`, never change it. The last of its
 * events may still be on their way to the store and never arrive: whoever acts on it outside of a command confirms it first.
 */
export type Loaded<S> = {
  readonly state: S;
  readonly revision: Revision;
  readonly lastEventId: string | null;
  /** Nothing that was written before this moment is missing from the state. A cached state may be older than now; this says how old. */
  readonly seenAt: Instant;
};

/** Which state of a stream somebody looked at: its revision, and the event there, for a number alone may come to mean another event. */
export type Seen = { readonly stream: StreamName } & Pick<Loaded<unknown>, 'revision' | 'lastEventId'>;

/** The one way to commands and states of an aggregate. */
export type AggregateHandler<S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection> = {
  /** Queued with all commands for the stream, decided on the latest state, appended at the exact revision, at most one effect. */
  readonly handle: (
    stream: StreamName,
    command: C,
    context: CommandContext,
    options?: { readonly expectedRevision?: Revision },
  ) => Promise<Handled<E, R>>;
  readonly load: (stream: StreamName) => Promise<Loaded<S>>;
  readonly loadMany: (streams: readonly StreamName[]) => Promise<readonly Loaded<S>[]>;
  /** The state as the store has it now, not as this process last saw it. */
  readonly loadLatest: (stream: StreamName) => Promise<Loaded<S>>;
  /** Whether each stream stands exactly where it was seen, asked of the store itself. Only then does a refusal based on it stand; what moved is reloaded by the next load. */
  readonly confirm: (seen: readonly Seen[]) => Promise<boolean>;
  /** Forgets what is older than this revision, so that the next load sees at least it. */
  readonly atLeast: (stream: StreamName, revision: Revision) => void;
  /** The next load reads the store. */
  readonly forget: (stream: StreamName) => void;
  /** What the decider would answer now; writes nothing. */
  readonly preview: (
    stream: StreamName,
    command: C,
  ) => Promise<{ readonly decision: ReturnType<Decider<S, C, E, R>['decide']>; readonly revision: Revision }>;
};

export type CommandHandling = {
  readonly aggregate: <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
    aggregate: Aggregate<S, C, E, R>,
  ) => AggregateHandler<S, C, E, R>;
};

/** Where snapshots live. A snapshot counts only while the event it names is still at its revision. */
export type SnapshotStore = {
  readonly load: (streams: readonly StreamName[]) => Promise<readonly (Snapshot | null)[]>;
  /** Takes the state as it is at the call: it must be written down before the first `await`, for it goes on changing. */
  readonly save: (snapshot: Snapshot) => Promise<void>;
};
export type Snapshot = {
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly eventId: string;
  readonly version: number;
  readonly state: JsonObject;
};

/** Numbers that a process shows about its command handling. */
export type CommandMetrics = {
  readonly command: (category: string, outcome: 'accepted' | 'repeated' | 'rejected' | 'conflict', seconds: number) => void;
};
