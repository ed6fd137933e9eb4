import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore } from '@stockproof/event-store';
import { readUntil, type IntegrationBus } from '@stockproof/integration-bus';
import type { ViewPositions } from '@stockproof/projections';
import { gathered } from '@stockproof/sql';
import type { Clock, Instant } from '@stockproof/vocabulary';

/** What a service looks up without owning it: rows that its groups keep of what others say, and views of its own. */
export type LooksUp = {
  readonly topics: readonly { readonly group: string; readonly topic: string }[];
  readonly views?: readonly string[];
};

export type HeardOptions = {
  readonly looksUp: LooksUp;
  readonly bus: Pick<IntegrationBus, 'lag'>;
  readonly store: Pick<EventStore, 'head'>;
  readonly views: Pick<ViewPositions, 'waitFor'>;
  readonly clock: Clock;
  /** A bus or a store that does not answer for so long leaves it unknown. Default 2 s. */
  readonly answersWithinMs?: number;
};

/** Whether all that was said before an instant is known here. Where that cannot be told, it is not. */
export type Heard = (at: Instant) => Promise<boolean>;

/** A view that is at work is there by then; longer waiting is the caller's. */
const catchUpMs = 250;

/** Asked by many at once, the bus is asked once. */
export const heard = ({ looksUp, bus, store, views, clock, answersWithinMs = 2_000 }: HeardOptions): Heard => {
  const readUntilOf = async (): Promise<Instant | null> => {
    const now = clock.now();
    const lags = await Promise.all(looksUp.topics.map(({ group, topic }) => bus.lag(group, [topic])));
    return readUntil(lags.flat(), now);
  };
  const areViewsThere = async (): Promise<boolean> => {
    if (looksUp.views === undefined) return true;
    const { position } = await store.head();
    const reached = await Promise.all(looksUp.views.map((view) => views.waitFor(view, position, catchUpMs)));
    return !reached.includes(false);
  };
  const look = async (): Promise<Instant | null> => {
    try {
      // In this order: what was heard is in the log before the view is asked for it.
      const until = await readUntilOf();
      return (await areViewsThere()) ? until : null;
    } catch {
      return null;
    }
  };
  const asked = gathered<Instant, boolean>({
    run: async (instants) => {
      const until = await Promise.race([look(), delay(answersWithinMs, null, { ref: false })]);
      return instants.map((at) => until !== null && until >= at);
    },
    fits: (instants) => instants.length,
    repeatable: true,
  });
  return asked.add;
};
