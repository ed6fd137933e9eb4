import { setTimeout as delay } from 'node:timers/promises';
import { startOfLog, type Position } from '@stockproof/event-store';
import type { Queryable } from '@stockproof/sql';
import { loadCheckpoints } from './checkpoints';
import type { Projection, ViewPositions } from './projection';
import { schemasOf } from './view-table';

const pollMs = 20;

type Waiter = { readonly view: string; readonly position: Position; readonly reached: () => void };

export type AnnouncedPositions = ViewPositions & {
  /** Where the view stands now, which may be lower than before: its rows may come to be those of another log. */
  readonly announce: (view: string, position: Position) => void;
};

/**
 * Waits by what is announced, and by looking at the checkpoints every 20 ms while somebody waits, all waiters together. Where the
 * views are moved on in this process, the first look can wait as well: the announcement mostly comes sooner.
 */
export const announcedPositions = (
  read: () => Promise<ReadonlyMap<string, Position>>,
  { firstLookAfterMs = 0 } = {},
): AnnouncedPositions => {
  const waiters = new Set<Waiter>();
  const announced = new Map<string, Position>();
  let polling: Promise<void> | null = null;

  const wake = (view: string, position: Position): void => {
    for (const waiter of waiters) if (waiter.view === view && position >= waiter.position) waiter.reached();
  };
  const look = async (): Promise<void> => {
    // Checkpoints that cannot be read are not reached: who waits is told so when its time is over.
    const positions = await read().catch(() => new Map<string, Position>());
    for (const [view, position] of positions) wake(view, position);
  };
  const poll = async (): Promise<void> => {
    if (firstLookAfterMs > 0) await delay(firstLookAfterMs);
    while (waiters.size > 0) {
      await look();
      if (waiters.size > 0) await delay(pollMs);
    }
  };
  const startPolling = (): void => {
    polling ??= poll().finally(() => {
      polling = null;
      // Somebody may have come between the last look and this moment.
      if (waiters.size > 0) startPolling();
    });
  };
  return {
    announce: (view, position) => {
      announced.set(view, position);
      wake(view, position);
    },
    positionOf: async (view) => (await read()).get(view) ?? startOfLog,
    waitFor: (view, position, timeoutMs) =>
      new Promise((resolve) => {
        if ((announced.get(view) ?? startOfLog) >= position && position !== startOfLog) return resolve(true);
        const settle = (reached: boolean): void => {
          clearTimeout(timeout);
          waiters.delete(waiter);
          resolve(reached);
        };
        const waiter: Waiter = { view, position, reached: () => settle(true) };
        const timeout = setTimeout(() => settle(false), timeoutMs);
        waiters.add(waiter);
        startPolling();
      }),
  };
};

/** Positions by view as the checkpoints tell them; of several versions, the newest that this code has. */
export const readPositions =
  (database: Queryable, service: string, projections: readonly Projection[]) => async (): Promise<ReadonlyMap<string, Position>> => {
    const newest = new Map<string, number>();
    for (const { name, version } of projections) newest.set(name, Math.max(version, newest.get(name) ?? version));
    const checkpoints = await loadCheckpoints(database, schemasOf(service));
    return new Map(
      checkpoints.filter(({ view, version }) => newest.get(view) === version).map(({ view, place }) => [view, place.position]),
    );
  };

/** For processes without a runner: any role that may enter the derived schema can read the checkpoints. */
export const polledViewPositions = (options: {
  readonly database: Queryable;
  readonly service: string;
  readonly projections: readonly Projection[];
}): ViewPositions => announcedPositions(readPositions(options.database, options.service, options.projections));
