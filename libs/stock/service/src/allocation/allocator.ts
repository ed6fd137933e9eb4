import type { Allocation } from '@stockproof/stock-domain';
import type { AccountId, Sku } from '@stockproof/vocabulary';
import { allocationStream, itemStream } from '../stock.streams';
import type { AttemptTry, Cause, Waiting } from './attempt-try';
import { driveAttempt, withdrawAttempt, type Allocating } from './driving';
import { anyAvailable, freshItems, skusOf } from './seeing-items';
import { applyUnits, type UnitsFact } from './units';
import { waitingFor, type WaitingList, type WaitingMark } from './waiting-orders';
import { allocateInOrder } from './wave';

/** One thing that the topic of requests asks of stock. */
export type StockRequest = { readonly cause: Cause } & (
  | { readonly asks: 'allocation'; readonly one: AttemptTry }
  | { readonly asks: 'withdrawal'; readonly orderId: string; readonly attempt: number }
  | { readonly asks: 'units'; readonly fact: UnitsFact }
  | { readonly asks: 'wake'; readonly sku: Sku; readonly revision: number }
  | { readonly asks: 'finish'; readonly orderId: string; readonly attempt: number; readonly revision: number }
);

/** Waiting orders looked at together after a wake-up; between two such lots the SKU may have run out. */
const lotSize = 100;

/** Decides, for one account at a time, everything that orders want from stock; answers who waits now and who no longer does. */
export type Allocator = { readonly work: (accountId: AccountId, requests: readonly StockRequest[]) => Promise<readonly Waiting[]> };

export const allocator = (allocating: Allocating, list: WaitingList): Allocator => {
  /** Up to which rise the waiting orders of an item have been tried, as far as this process knows. */
  const triedUntil = new Map<string, number>();

  const rememberTried = async (accountId: AccountId, skus: readonly Sku[]): Promise<void> => {
    const loaded = await allocating.streams.items.loadMany(skus.map((sku) => itemStream(accountId, sku)));
    skus.forEach((sku, index) => triedUntil.set(itemStream(accountId, sku), loaded[index]?.state.roseAt ?? 0));
    if (triedUntil.size > 50_000) triedUntil.clear(); // forgetting only means trying once more
  };

  /** Nobody overtakes: where a SKU rose since its waiting orders were last tried, they come first. */
  const olderFirst = async (accountId: AccountId, tries: readonly AttemptTry[], cause: Cause, soFar: readonly Waiting[]): Promise<readonly Waiting[]> => {
    const skus = [...new Set(tries.flatMap((one) => skusOf(one.wanted)))];
    const fresh = await freshItems(allocating.streams.items, accountId, skus);
    const risen = skus.filter((sku) => (fresh.get(sku)?.state.roseAt ?? 0) > (triedUntil.get(itemStream(accountId, sku)) ?? 0));
    if (risen.length === 0) return [];
    const own = new Set(tries.map((one) => `${one.orderId}:${one.attempt}`));
    const marks = (await waitingFor(list, accountId, risen, soFar)).filter((mark) => !own.has(`${mark.orderId}:${mark.attempt}`));
    const results = await tryWaiting(allocating, accountId, marks, cause, () => anyLeft(allocating, accountId, risen));
    await rememberTried(accountId, risen);
    return results;
  };

  const wake = async (accountId: AccountId, { sku, revision, cause }: Extract<StockRequest, { asks: 'wake' }>, soFar: readonly Waiting[]): Promise<readonly Waiting[]> => {
    allocating.streams.items.atLeast(itemStream(accountId, sku), revision);
    const marks = await waitingFor(list, accountId, [sku], soFar);
    const unfinished = await unfinishedFirst(allocating, accountId, marks, sku);
    const finished = await tryWaiting(allocating, accountId, unfinished, cause, () => Promise.resolve(true));
    const rest = marks.filter((mark) => !unfinished.includes(mark));
    const results = await tryWaiting(allocating, accountId, rest, cause, () => anyLeft(allocating, accountId, [sku]));
    await rememberTried(accountId, [sku]);
    return [...finished, ...results];
  };

  const workOn = async (accountId: AccountId, run: readonly StockRequest[], soFar: readonly Waiting[]): Promise<readonly Waiting[]> => {
    const [first] = run;
    switch (first?.asks) {
      case undefined:
        return [];
      case 'allocation': {
        const tries = run.flatMap((each) => (each.asks === 'allocation' ? [{ one: each.one, cause: each.cause }] : []));
        const older = await olderFirst(
          accountId,
          tries.map((each) => each.one),
          first.cause,
          soFar,
        );
        return [...older, ...(await allocateInOrder(allocating, accountId, tries))];
      }
      case 'units':
        await applyUnits(
          allocating,
          run.flatMap((each) => (each.asks === 'units' ? [{ fact: each.fact, cause: each.cause }] : [])),
        );
        return [];
      case 'withdrawal':
        return Promise.all(run.flatMap((each) => (each.asks === 'withdrawal' ? [withdrawAttempt(allocating, each.cause, each.orderId, each.attempt)] : [])));
      case 'wake':
        return wake(accountId, first, soFar);
      case 'finish':
        return finishPlans(allocating, accountId, run);
    }
  };

  return {
    work: async (accountId, requests) => {
      // Wake-ups first: what has become free belongs to those who wait.
      const ordered = [...requests.filter((each) => each.asks === 'wake'), ...requests.filter((each) => each.asks !== 'wake')];
      const results: Waiting[] = [];
      for (const run of runsOf(ordered)) results.push(...(await workOn(accountId, run, results)));
      return results;
    },
  };
};

/** Neighbours that ask the same kind of thing, in their order: they may be worked on together. */
const runsOf = (requests: readonly StockRequest[]): readonly (readonly StockRequest[])[] => {
  const runs: StockRequest[][] = [];
  for (const request of requests) {
    const run = runs.at(-1);
    // Two wake-ups may concern the same waiting order: one after the other.
    if (run && run[0]?.asks === request.asks && request.asks !== 'wake') run.push(request);
    else runs.push([request]);
  }
  return runs;
};

const anyLeft = async ({ streams }: Allocating, accountId: AccountId, skus: readonly Sku[]): Promise<boolean> => {
  const loaded = await streams.items.loadMany(skus.map((sku) => itemStream(accountId, sku)));
  return loaded.some(({ state }) => anyAvailable(state));
};

/** Those who have begun to get something are finished first, whatever is available: a crash may have left them half way. */
const unfinishedFirst = async ({ streams }: Allocating, accountId: AccountId, marks: readonly WaitingMark[], sku: Sku): Promise<readonly WaitingMark[]> => {
  const { state: item } = await streams.items.load(itemStream(accountId, sku));
  const allocations = await streams.allocations.loadMany(marks.map((mark) => allocationStream(accountId, mark.orderId)));
  return marks.filter((mark, index) => {
    const planOpen = allocations[index]?.state.attempts.get(mark.attempt)?.planOpen ?? false;
    return planOpen || (item.grants.get(`${mark.orderId}:${mark.attempt}`)?.allocationIds.size ?? 0) > 0;
  });
};

const tryWaiting = async (
  allocating: Allocating,
  accountId: AccountId,
  marks: readonly WaitingMark[],
  cause: Cause,
  worthwhile: () => Promise<boolean>,
): Promise<readonly Waiting[]> => {
  const results: Waiting[] = [];
  for (let from = 0; from < marks.length; from += lotSize) {
    if (!(await worthwhile())) break;
    const lot = marks.slice(from, from + lotSize);
    const states = await allocating.streams.allocations.loadMany(lot.map((mark) => allocationStream(accountId, mark.orderId)));
    const tries = lot.flatMap((mark, index) => {
      const wanted = wantedBy(states[index]?.state, mark.attempt);
      return wanted ? [{ one: { orderId: mark.orderId, attempt: mark.attempt, wanted }, cause }] : [];
    });
    results.push(...(await allocateInOrder(allocating, accountId, tries)));
  }
  return results;
};

const wantedBy = (allocation: Allocation | undefined, attempt: number): AttemptTry['wanted'] | null => allocation?.attempts.get(attempt)?.wanted ?? null;

const finishPlans = async (allocating: Allocating, accountId: AccountId, run: readonly StockRequest[]): Promise<readonly Waiting[]> => {
  const results: Waiting[] = [];
  for (const each of run) {
    if (each.asks !== 'finish') continue;
    const stream = allocationStream(accountId, each.orderId);
    allocating.streams.allocations.atLeast(stream, each.revision);
    const wanted = wantedBy((await allocating.streams.allocations.load(stream)).state, each.attempt);
    if (wanted) results.push(await driveAttempt(allocating, each.cause, { orderId: each.orderId, attempt: each.attempt, wanted }));
  }
  return results;
};
