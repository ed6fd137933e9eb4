import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore } from '@stockproof/event-store';
import { readUntil, type IntegrationBus, type PartitionLag } from '@stockproof/integration-bus';
import type { ViewPositions } from '@stockproof/projections';
import { gathered } from '@stockproof/sql';
import { plusMs, type Clock, type Instant } from '@stockproof/vocabulary';

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
  /** The accounts that these groups have parked something of; null: something of no account. */
  readonly parked: (groups: readonly string[]) => Promise<ReadonlySet<string | null>>;
  readonly clock: Clock;
  /** A bus or a store that does not answer for so long leaves it unknown. Default 2 s. */
  readonly answersWithinMs?: number;
};

/**
 * Whether all that was said before an instant and may concern an account is known here; `null`: that may concern any. Where it cannot be
 * told, it is not.
 */
export type Heard = (at: Instant, accountId: string | null) => Promise<boolean>;

/** A view that is at work is there by then; longer waiting is the caller's. */
const catchUpMs = 250;

/**
 * The bus says by a clock of its own when it was told something: that may run so much ahead of ours. Much less than a caller waits, or a
 * topic that always has something unread would never be heard.
 */
const clocksDifferMs = 250;

type Question = { readonly at: Instant; readonly accountId: string | null };
type Known = { readonly until: Instant; readonly parked: ReadonlySet<string | null> };

/** Asked by many at once, the bus is asked once. */
export const heard = ({ looksUp, bus, store, views, parked, clock, answersWithinMs = 2_000 }: HeardOptions): Heard => {
  const groups = [...new Set(looksUp.topics.map(({ group }) => group))];
  const readUntilOf = async (): Promise<Instant | null> => {
    const now = clock.now();
    const lags = await Promise.all(looksUp.topics.map(({ group, topic }) => bus.lag(group, [topic])));
    // A topic without partitions is not there: whatever was said in it has yet to be told again.
    return lags.some(({ length }) => length === 0) ? null : readUntil(lags.flat().map(byOurClock), now);
  };
  const areViewsThere = async (): Promise<boolean> => {
    if (looksUp.views === undefined) return true;
    const { position } = await store.head();
    const reached = await Promise.all(looksUp.views.map((view) => views.waitFor(view, position, catchUpMs)));
    return !reached.includes(false);
  };
  const look = async (): Promise<Known | null> => {
    try {
      // In this order: what was read is parked by then or in the log, and in the log before the view is asked for it.
      const until = await readUntilOf();
      if (until === null) return null;
      const known = { until, parked: await parked(groups) };
      return (await areViewsThere()) ? known : null;
    } catch {
      return null;
    }
  };
  const asked = gathered<Question, boolean>({
    run: async (questions) => {
      const known = await Promise.race([look(), delay(answersWithinMs, null, { ref: false })]);
      return questions.map(({ at, accountId }) => known !== null && known.until >= at && !isParked(known, accountId));
    },
    fits: (questions) => questions.length,
    repeatable: true,
  });
  return (at, accountId) => asked.add({ at, accountId });
};

const byOurClock = (lag: PartitionLag): PartitionLag => ({
  ...lag,
  oldestUnread: lag.oldestUnread && plusMs(lag.oldestUnread, -clocksDifferMs),
});

/** What waits for an operator counts as read. A refusal to an account that it is not about need not wait with it. */
const isParked = ({ parked }: Known, accountId: string | null): boolean =>
  accountId === null ? parked.size > 0 : parked.has(accountId) || parked.has(null);
