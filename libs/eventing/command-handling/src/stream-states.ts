import type { AnyCommand, AnyEvent, AnyRejection, JsonObject } from '@stockproof/decider';
import type { EventStore, RecordedEvent, Revision, StreamName } from '@stockproof/event-store';
import { msBetween, type Clock } from '@stockproof/vocabulary';
import { boundedCache } from './bounded-cache';
import type { Aggregate, Snapshot, SnapshotStore } from './command-handling';
import { foldStored, nothingFolded, type Folded, type Remembered } from './folded';

/** The states of an aggregate's streams as this process knows them; loading is the only door. */
export type StreamStates<S> = {
  readonly loadMany: (streams: readonly StreamName[]) => Promise<readonly Folded<S>[]>;
  /** The next load reads the store. */
  readonly forget: (stream: StreamName) => void;
  readonly peek: (stream: StreamName) => Folded<S> | undefined;
  /** Called after appends; long streams leave a snapshot now and then. */
  readonly settle: (stream: StreamName, folded: Folded<S>) => void;
};

type Options = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly snapshots?: SnapshotStore | undefined;
  readonly cacheSize: number;
};

export const streamStates = <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  options: Options,
): StreamStates<S> => {
  const cache = boundedCache<Folded<S>>(options.cacheSize);
  const loading = new Map<StreamName, Promise<Folded<S>>>();

  const readMissing = (streams: readonly StreamName[]): void => {
    const missing = [...new Set(streams)].filter((stream) => cache.get(stream) === undefined && !loading.has(stream));
    if (missing.length === 0) return;
    const read = readAndFold(aggregate, options, missing);
    missing.forEach((stream, index) => {
      const one: Promise<Folded<S>> = read
        .then((all) => {
          const folded = all[index] as Folded<S>;
          if (loading.get(stream) === one) cache.set(stream, folded);
          return folded;
        })
        .finally(() => {
          if (loading.get(stream) === one) loading.delete(stream);
        });
      loading.set(stream, one);
    });
  };

  return {
    loadMany: (streams) => {
      readMissing(streams);
      return Promise.all(streams.map((stream) => cache.get(stream) ?? (loading.get(stream) as Promise<Folded<S>>)));
    },
    forget: (stream) => {
      cache.delete(stream);
      loading.delete(stream); // a read that began earlier may miss what made the state stale
    },
    peek: cache.get,
    settle: (stream, folded) => keepSnapshot(aggregate, options, stream, folded),
  };
};

const readAndFold = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  { store, clock, snapshots }: Options,
  streams: readonly StreamName[],
): Promise<readonly Folded<S>[]> => {
  const seenAt = clock.now();
  const kept = aggregate.snapshot && snapshots ? await snapshots.load(streams) : streams.map(() => null);
  const usable = kept.map((snapshot) => (snapshot?.version === aggregate.snapshot?.version ? snapshot : null));
  const tails = await store.readStreams(streams.map((stream, index) => ({ stream, from: before(usable[index]) })));
  return Promise.all(
    tails.map(async (tail, index) => {
      const snapshot = usable[index] ?? null;
      const restored = snapshot && restore(aggregate, snapshot, tail, seenAt);
      if (restored) return restored;
      const folded = nothingFolded(aggregate.decider.initialState(), seenAt);
      foldStored(aggregate, folded, snapshot ? await store.readStream(streams[index] as StreamName) : tail);
      return folded;
    }),
  );
};

/** Reads from one before the snapshot, so that the event it names is seen again: a snapshot of another history is worth nothing. */
const before = (snapshot: Snapshot | null | undefined): Revision => (snapshot ? snapshot.revision - 1 : 0);

type RememberedRow = readonly [string, Remembered];
type SnapshotState = {
  readonly state: JsonObject;
  readonly byPeople: readonly RememberedRow[];
  readonly byServices: readonly RememberedRow[];
};

const restore = <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  snapshot: Snapshot,
  tail: readonly RecordedEvent[],
  seenAt: string,
): Folded<S> | null => {
  if (!aggregate.snapshot || tail[0]?.id !== snapshot.eventId) return null;
  const { state, byPeople, byServices } = snapshot.state as SnapshotState;
  const folded: Folded<S> = {
    state: aggregate.snapshot.fromJson(state),
    revision: snapshot.revision,
    lastEventId: snapshot.eventId,
    seenAt,
    snapshotRevision: snapshot.revision,
    snapshotAt: null,
    byPeople: new Map(byPeople),
    byServices: new Map(byServices),
  };
  foldStored(aggregate, folded, tail.slice(1));
  return folded;
};

/** A hot stream passes `every` several times a second, and its state is large: so far apart its snapshots lie at least. */
const snapshotsApartMs = 10_000;

const keepSnapshot = <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  { snapshots, clock }: Options,
  stream: StreamName,
  folded: Folded<S>,
): void => {
  const { snapshot } = aggregate;
  if (!snapshot || !snapshots || folded.lastEventId === null || folded.revision - folded.snapshotRevision < snapshot.every) return;
  const now = clock.now();
  if (folded.snapshotAt !== null && msBetween(folded.snapshotAt, now) < snapshotsApartMs) return;
  folded.snapshotAt = now;
  folded.snapshotRevision = folded.revision;
  const state: SnapshotState = { state: snapshot.toJson(folded.state), byPeople: [...folded.byPeople], byServices: [...folded.byServices] };
  void snapshots
    .save({ stream, revision: folded.revision, eventId: folded.lastEventId, version: snapshot.version, state })
    .catch(() => undefined); // a snapshot only spares reading: the next one tries again
};
