import type { ServiceRuntime } from '@stockproof/service-host';
import { attemptKey } from '@stockproof/stock-domain';
import type { Clock, Instant } from '@stockproof/vocabulary';
import type { Database } from '@stockproof/sql';
import { readOpenPlans } from '../views/allocations/allocations.query';
import type { Allocator, StockRequest } from './allocator';
import type { AttemptResult } from './attempt-try';
import { countWaiting } from './waiting-orders';

type Metrics = ServiceRuntime['metrics'];

/** How many of something there are, and since when the oldest. */
export type Standing = { readonly count: number; readonly oldest: Instant | null };

/** Plans that nobody has finished yet, orders that wait, and the age of the oldest of each. */
export const measureStanding = ({ gauge }: Metrics, database: Database, clock: Clock): void => {
  const ageOf = ({ oldest }: Standing): number =>
    oldest === null ? 0 : Math.max(0, (Date.parse(clock.now()) - Date.parse(oldest)) / 1_000);
  gauge('plans_without_outcome', 'Plans that are written and have no outcome yet', async () => [
    { value: (await readOpenPlans(database)).count },
  ]);
  gauge('oldest_plan_without_outcome_seconds', 'Age of the oldest plan without an outcome', async () => [
    { value: ageOf(await readOpenPlans(database)) },
  ]);
  gauge('waiting_orders', 'Attempts that wait for stock', async () => [{ value: (await countWaiting(database)).count }]);
  gauge('oldest_waiting_order_seconds', 'How long the attempt that waits longest has waited', async () => [
    { value: ageOf(await countWaiting(database)) },
  ]);
};

const batchSizes = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/**
 * The same allocator; batches are measured, and attempts counted by what became of them. An attempt that is looked at again – by a
 * wake-up or a repeated message – counts again.
 */
export const measuredAllocator = (allocator: Allocator, { counter, histogram }: Pick<Metrics, 'counter' | 'histogram'>): Allocator => {
  const size = histogram('allocation_batch_requests', 'Requests that are worked on together for one account', batchSizes);
  const outcomes = counter(
    'allocation_decisions_total',
    'Attempts by what became of them: granted, held, waiting, withdrawn; or a move, whose end its order knows',
    ['outcome'],
  );
  return {
    work: async (accountId, requests) => {
      size(requests.length);
      const results = await allocator.work(accountId, requests);
      const asked = askedFor(requests);
      for (const result of results) outcomes({ outcome: outcomeOf(result, asked) });
      return results;
    },
  };
};

type Became = 'granted' | 'held' | 'move' | 'withdrawn';
type Asked = ReadonlyMap<string, Became>;
const becomes = { allocate: 'granted', hold: 'held', move: 'move' } as const;

/** What each attempt becomes if it need not wait. Those woken from the list were asked for earlier: only allocations wait there. */
const askedFor = (requests: readonly StockRequest[]): Asked =>
  new Map(
    requests.flatMap((request): readonly (readonly [string, Became])[] => {
      switch (request.asks) {
        case 'allocation':
          return [[attemptKey(request.toTry), becomes[request.toTry.wanted.kind]]];
        case 'withdrawal':
          return [[attemptKey(request.of), 'withdrawn']];
        case 'units':
        case 'wake':
        case 'finish':
          return [];
      }
    }),
  );

const outcomeOf = (result: AttemptResult, asked: Asked): string =>
  result.waits === null ? (asked.get(attemptKey(result)) ?? 'granted') : 'waiting';
