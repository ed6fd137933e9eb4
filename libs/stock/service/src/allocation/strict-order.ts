import { TryAgain } from '@stockproof/bus-transport';
import { aheadOf, attemptKey, keepsItsPlace, type Behind, type InLine } from '@stockproof/stock-domain';
import type { AccountId, Sku } from '@stockproof/vocabulary';
import { allocationStream, type StockStreams } from '../stock.streams';
import type { AttemptResult, ToTry } from './attempt-try';
import { needsNoPlan } from './needs-no-plan';
import { hasOf, skusOf, type ItemsBySku } from './seeing-items';
import { waitingFor, type WaitingList, type WaitingMark } from './waiting-orders';

/**
 * Whose turn it is where the order of the waiting is strict: an order that waits keeps younger ones from its SKUs until it goes or is
 * withdrawn. Changes with every outcome of the batch in hand.
 */
export type Turns = {
  /** Who must go first; null: nobody. */
  readonly ahead: (toTry: ToTry, items: ItemsBySku) => Behind | null;
  readonly waits: (toTry: ToTry) => void;
  readonly goes: (toTry: ToTry) => void;
};

const looksAtMost = 20;

/** The turns among these attempts and those who wait for their SKUs; null where none of them keeps to an order. */
export const turnsAmong = async (
  { streams, list }: { readonly streams: StockStreams; readonly list: WaitingList },
  accountId: AccountId,
  attempts: readonly ToTry[],
  soFar: readonly AttemptResult[],
): Promise<Turns | null> => {
  const strict = attempts.filter(({ wanted }) => keepsItsPlace(wanted));
  if (strict.length === 0) return null;
  const marks = await waitingFor(list, accountId, [...new Set(strict.flatMap(({ wanted }) => skusOf(wanted)))], soFar);
  const line = new Map((await inLine(streams, accountId, marks)).map((each) => [attemptKey(each), each]));
  return {
    ahead: (toTry, items) => (keepsItsPlace(toTry.wanted) ? aheadOf(line.values(), toTry, hasOf(toTry, items)) : null),
    waits: (toTry) => void (keepsItsPlace(toTry.wanted) && line.set(attemptKey(toTry), toTry)),
    goes: (toTry) => void line.delete(attemptKey(toTry)),
  };
};

/**
 * Who really waits: a mark may be older than its order's stream. To let somebody wait behind another is a refusal and appends nothing
 * to the other's stream, so it is seen to be current.
 */
const inLine = async (streams: StockStreams, accountId: AccountId, marks: readonly WaitingMark[]): Promise<readonly InLine[]> => {
  const names = marks.map(({ orderId }) => allocationStream(accountId, orderId));
  for (let looks = 0; looks < looksAtMost; looks++) {
    const loaded = await streams.allocations.loadMany(names);
    const seen = new Map(loaded.map(({ revision, lastEventId }, index) => [names[index] as string, { revision, lastEventId }]));
    const line = marks.flatMap(({ orderId, attempt }, index): readonly InLine[] => {
      const state = loaded[index]?.state;
      const wanted = state?.attempts.get(attempt)?.wanted;
      return state && wanted && keepsItsPlace(wanted) && !needsNoPlan(state, attempt) ? [{ orderId, attempt, wanted }] : [];
    });
    if (await streams.allocations.confirm([...seen].map(([stream, each]) => ({ stream, ...each })))) return line;
  }
  throw new TryAgain('the orders that wait do not stand still');
};

/** SKUs for which somebody need not wait any longer, and the marks that say so still. */
export type Freed = { readonly skus: readonly Sku[]; readonly stale: readonly AttemptResult[] };

/**
 * What these results free for those behind: SKUs of attempts that kept their place and are over now – gone, withdrawn, or followed by
 * a later one. An attempt that was in line has a mark, and loses it only together with what is done here: whoever repeats the batch
 * after a crash finds it again.
 */
export const freedBy = async (
  { streams, list }: { readonly streams: StockStreams; readonly list: WaitingList },
  accountId: AccountId,
  results: readonly AttemptResult[],
  before: readonly AttemptResult[],
): Promise<Freed> => {
  const orders = [...new Set(results.map(({ orderId }) => orderId))];
  const loaded = await streams.allocations.loadMany(orders.map((orderId) => allocationStream(accountId, orderId)));
  const over = loaded.flatMap(({ state }, index) =>
    [...state.attempts.values()].flatMap(({ attempt, wanted }) =>
      wanted && keepsItsPlace(wanted) && needsNoPlan(state, attempt) ? [{ orderId: orders[index] as string, attempt, wanted }] : [],
    ),
  );
  if (over.length === 0) return { skus: [], stale: [] };
  const marks = await waitingFor(list, accountId, [...new Set(over.flatMap(({ wanted }) => skusOf(wanted)))], before);
  const marked = new Set(marks.map(attemptKey));
  const freed = over.filter((each) => marked.has(attemptKey(each)));
  return {
    skus: [...new Set(freed.flatMap(({ wanted }) => skusOf(wanted)))],
    stale: freed.map(({ orderId, attempt }) => ({ orderId, attempt, waits: null })),
  };
};
