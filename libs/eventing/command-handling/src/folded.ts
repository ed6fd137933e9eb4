import type { AnyCommand, AnyEvent, AnyRejection } from '@stockproof/decider';
import type { RecordedEvent, Revision } from '@stockproof/event-store';
import { msBetween, type Instant } from '@stockproof/vocabulary';
import type { Aggregate } from './command-handling';

/** How long a stream remembers the commands that changed it. */
export const commandMemoryMs = 72 * 3_600_000;

/**
 * How many commands of services a stream remembers. Consumers deduplicate by domain ids, so for them this memory only spares work;
 * a hot stream hears millions of them in 72 hours.
 */
const serviceCommandsRemembered = 1_000;

/** Where a remembered command's events lie: `count` of them after revision `after`. */
export type Remembered = { readonly after: Revision; count: number; readonly at: Instant };

/** A stream as folded so far. Changed in place; thrown away when an append fails. */
export type Folded<S> = {
  state: S;
  revision: Revision;
  lastEventId: string | null;
  seenAt: Instant;
  snapshotRevision: Revision;
  /** When this process last left a snapshot. */
  snapshotAt: Instant | null;
  readonly byPeople: Map<string, Remembered>;
  readonly byServices: Map<string, Remembered>;
};

export const nothingFolded = <S>(state: S, seenAt: Instant): Folded<S> => ({
  state,
  revision: 0,
  lastEventId: null,
  seenAt,
  snapshotRevision: 0,
  snapshotAt: null,
  byPeople: new Map(),
  byServices: new Map(),
});

/** What the fold needs of an event, whether just decided or read back. */
type Foldable<E> = { readonly id: string; readonly event: E; readonly commandId: string; readonly actor: string; readonly at: Instant };

export const fold = <S, E extends AnyEvent>(folded: Folded<S>, evolve: (state: S, event: E) => S, next: Foldable<E>): void => {
  folded.state = evolve(folded.state, next.event);
  remember(folded, next);
  folded.revision += 1;
  folded.lastEventId = next.id;
};

const remember = <S, E>(folded: Folded<S>, { commandId, actor, at }: Foldable<E>): void => {
  const ofService = actor.startsWith('service:');
  const memory = ofService ? folded.byServices : folded.byPeople;
  const known = memory.get(commandId);
  if (known) {
    known.count += 1;
    return;
  }
  memory.set(commandId, { after: folded.revision, count: 1, at });
  for (const [id, oldest] of memory) {
    if (ofService ? memory.size <= serviceCommandsRemembered : msBetween(oldest.at, at) <= commandMemoryMs) break;
    memory.delete(id);
  }
};

export const rememberedCommand = <S>(folded: Folded<S>, commandId: string): Remembered | undefined =>
  folded.byPeople.get(commandId) ?? folded.byServices.get(commandId);

/** A stored event in its present shape. */
export const upcasted = <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  stored: RecordedEvent,
): E => {
  const { type, data, meta } = stored;
  const current =
    meta.schemaVersion < aggregate.schemaVersion && aggregate.upcast
      ? aggregate.upcast({ type, data, schemaVersion: meta.schemaVersion })
      : { type, data };
  return current as E; // the one place where stored JSON becomes a typed event: golden files prove the upcasters
};

export const foldStored = <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  folded: Folded<S>,
  stored: readonly RecordedEvent[],
): void => {
  for (const each of stored) {
    const { commandId, actor } = each.meta;
    fold(folded, aggregate.decider.evolve, { id: each.id, event: upcasted(aggregate, each), commandId, actor, at: each.recordedAt });
  }
};
