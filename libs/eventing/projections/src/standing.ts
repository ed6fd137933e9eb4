import { msBetween, type Clock, type Instant } from '@stockproof/vocabulary';
import type { EventStore, Position } from '@stockproof/event-store';
import { nowhere, type Checkpoint, type Place } from './checkpoints';
import type { Projection, ViewStatus } from './projection';
import { viewTable } from './view-table';

type Stand = { readonly view: Projection; place: Place; error: string | null; stopped: boolean };

/** Where the views stand, as the runner of this process knows it. */
export type Standing = {
  readonly moved: (views: readonly Projection[], place: Place) => void;
  readonly stopped: (view: Projection, error: string) => void;
  /** What the checkpoints tell; forgets nothing about stopped views. */
  readonly loaded: (checkpoints: readonly Checkpoint[]) => void;
  readonly letGo: (view: string | null) => void;
  readonly isStopped: (view: Projection) => boolean;
  readonly hasStopped: (view: string) => boolean;
  readonly allBeyond: (position: Position) => boolean;
  readonly status: (store: EventStore, clock: Clock) => Promise<readonly ViewStatus[]>;
  /** Resolves at the next change. */
  readonly change: () => Promise<void>;
};

export const standing = (projections: readonly Projection[]): Standing => {
  const keyOf = ({ name, version }: Projection): string => viewTable(name, version);
  const stands = new Map(projections.map((view): [string, Stand] => [keyOf(view), { view, place: nowhere, error: null, stopped: false }]));
  let waiting: (() => void)[] = [];
  const changed = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const update = (view: Projection, to: Partial<Stand>): void => {
    Object.assign(stands.get(keyOf(view)) ?? {}, to);
  };
  return {
    moved: (views, place) => {
      for (const view of views) update(view, { place });
      changed();
    },
    stopped: (view, error) => {
      update(view, { error, stopped: true });
      changed();
    },
    loaded: (checkpoints) => {
      for (const { view, version, place, lastError } of checkpoints) {
        const stand = stands.get(viewTable(view, version));
        if (stand) Object.assign(stand, { place, error: lastError });
      }
      changed();
    },
    letGo: (name) => {
      for (const stand of stands.values())
        if (name === null || stand.view.name === name) Object.assign(stand, { stopped: false, error: null });
    },
    isStopped: (view) => stands.get(keyOf(view))?.stopped ?? false,
    hasStopped: (name) => [...stands.values()].some(({ view, stopped }) => stopped && view.name === name),
    allBeyond: (position) => [...stands.values()].every(({ stopped, place }) => stopped || place.position >= position),
    status: (store, clock) => statusOf([...stands.values()], store, clock),
    change: () => new Promise((resolve) => void waiting.push(resolve)),
  };
};

const statusOf = async (stands: readonly Stand[], store: EventStore, clock: Clock): Promise<readonly ViewStatus[]> => {
  const head = await store.head();
  const behind = new Map<Position, number>();
  for (const { place } of stands) {
    if (behind.has(place.position)) continue;
    const since = place.position >= head.position ? null : await firstUnread(store, place.position);
    behind.set(place.position, since === null ? 0 : Math.max(0, msBetween(since, clock.now()) / 1000));
  }
  return stands.map(({ view, place, error }) => ({
    view: view.name,
    position: place.position,
    behindSeconds: behind.get(place.position) ?? 0,
    lastError: error,
  }));
};

/** A view is as far behind as the first event that it has not seen is old. */
const firstUnread = async (store: EventStore, position: Position): Promise<Instant | null> =>
  (await store.readAll(position, 1)).events[0]?.recordedAt ?? null;
