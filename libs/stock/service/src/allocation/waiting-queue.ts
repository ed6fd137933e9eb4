import { attemptKey, type Allocation } from '@stockproof/stock-domain';
import type { AccountId, Sku } from '@stockproof/vocabulary';
import { allocationStream, itemStream } from '../stock.streams';
import type { AttemptResult, Cause, ToTry } from './attempt-try';
import type { AllocationTools } from './granting';
import { anyAvailable, lookAt, skusOf } from './seeing-items';
import { freedBy, turnsAmong } from './strict-order';
import { waitingFor, type WaitingList, type WaitingMark } from './waiting-orders';
import { allocateInOrder } from './wave';

/** Waiting orders looked at together; between two such lots the SKU may have run out. */
const lotSize = 100;

/** So many SKUs are remembered as tried; forgetting one only means trying once more. */
const triedAtMost = 50_000;

/** Whose turn it is when a SKU may be promised again. `soFar`: what the batch in hand has found out and not yet committed. */
export type WaitingQueue = {
  /** Nobody overtakes: where a SKU of these attempts has risen since its waiting orders were last tried, they come first. */
  readonly before: (accountId: AccountId, attempts: readonly ToTry[], soFar: readonly AttemptResult[]) => Promise<readonly AttemptResult[]>;
  /** With whose turn it is among these attempts, where that matters. */
  readonly inTurn: (accountId: AccountId, attempts: readonly ToTry[], soFar: readonly AttemptResult[]) => Promise<AllocationTools>;
  /** Strict order: who waited only behind attempts that these results ended is tried, and who waited behind them. */
  readonly behind: (cause: Cause, results: readonly AttemptResult[], soFar: readonly AttemptResult[]) => Promise<readonly AttemptResult[]>;
  /** A SKU has risen, at the latest at this revision. */
  readonly wake: (cause: Cause, sku: Sku, revision: number, soFar: readonly AttemptResult[]) => Promise<readonly AttemptResult[]>;
};

export const waitingQueue = (tools: AllocationTools, list: WaitingList): WaitingQueue => {
  const tries = triesSoFar();
  const inTurn: WaitingQueue['inTurn'] = async (accountId, attempts, soFar) => ({
    ...tools,
    turns: await turnsAmong({ streams: tools.streams, list }, accountId, attempts, soFar),
  });
  const desk: Desk = { tools, list, inTurn, tries };

  return {
    inTurn,
    behind: async (cause, results, soFar) => {
      const { accountId } = cause;
      const tried: AttemptResult[] = [];
      let [ended, known] = [results, soFar];
      for (;;) {
        const { skus, stale } = await freedBy({ streams: tools.streams, list }, accountId, ended, known);
        if (skus.length === 0) return tried;
        known = [...known, ...ended, ...stale];
        const marks = await waitingFor(list, accountId, skus, known);
        ended = await tryInLots(desk, { cause, soFar: known }, marks, () => anyLeft(tools, accountId, skus));
        tried.push(...stale, ...ended);
      }
    },
    before: async (accountId, attempts, soFar) => {
      const [first] = attempts;
      const rises = await risesOf(tools, accountId, [...new Set(attempts.flatMap(({ wanted }) => skusOf(wanted)))]);
      const risen = tries.without(accountId, rises);
      if (!first || risen.size === 0) return [];
      return tryRisen(desk, { cause: first.cause, soFar }, risen, new Set(attempts.map(attemptKey)));
    },
    wake: async (cause, sku, revision, soFar) => {
      const { accountId } = cause;
      tools.streams.items.atLeast(itemStream(accountId, sku), revision);
      const rises = await risesOf(tools, accountId, [sku]);
      const marks = await waitingFor(list, accountId, [sku], soFar);
      const unfinished = await unfinishedOf(tools, accountId, marks, sku);
      const finished = await tryInLots(desk, { cause, soFar }, unfinished, () => Promise.resolve(true));
      const known = { cause, soFar: [...soFar, ...finished] };
      return [...finished, ...(await tryRisen(desk, known, rises, new Set(unfinished.map(attemptKey))))];
    },
  };
};

type Rises = ReadonlyMap<Sku, number>;

/** Up to which rise the waiting orders of each item have been tried, as far as this process knows. */
const triesSoFar = () => {
  const triedUntil = new Map<string, number>();
  return {
    remember: (accountId: AccountId, rises: Rises): void => {
      if (triedUntil.size > triedAtMost) triedUntil.clear();
      for (const [sku, rise] of rises) triedUntil.set(itemStream(accountId, sku), rise);
    },
    /** Those of these rises after which nobody has been tried yet. */
    without: (accountId: AccountId, rises: Rises): Rises =>
      new Map([...rises].filter(([sku, rise]) => rise > (triedUntil.get(itemStream(accountId, sku)) ?? 0))),
  };
};

type Desk = {
  readonly tools: AllocationTools;
  readonly list: WaitingList;
  readonly inTurn: WaitingQueue['inTurn'];
  readonly tries: ReturnType<typeof triesSoFar>;
};

type Known = { readonly cause: Cause; readonly soFar: readonly AttemptResult[] };

/**
 * Who waits for any of these SKUs, oldest first. Where one of them wants another SKU that has risen too and whose waiting orders have
 * not been tried since, those take their places among them: else a younger order would take it with the one that woke it.
 */
const tryRisen = async (desk: Desk, { cause, soFar }: Known, first: Rises, done: Set<string>): Promise<readonly AttemptResult[]> => {
  const { tools, list, inTurn, tries } = desk;
  const { accountId } = cause;
  const results: AttemptResult[] = [];
  const risen = new Map(first);
  let marks: readonly WaitingMark[] | null = null;
  for (;;) {
    const known = [...soFar, ...results];
    marks ??= await waitingFor(list, accountId, [...risen.keys()], known);
    const lot = marks.filter((mark) => !done.has(attemptKey(mark))).slice(0, lotSize);
    if (lot.length === 0 || !(await anyLeft(tools, accountId, [...risen.keys()]))) break;
    const attempts = await toTryOf(tools, cause, lot);
    const others = [...new Set(attempts.flatMap(({ wanted }) => skusOf(wanted)))].filter((sku) => !risen.has(sku));
    const more = others.length === 0 ? [] : [...tries.without(accountId, await risesOf(tools, accountId, others))];
    for (const [sku, rise] of more) risen.set(sku, rise);
    if (more.length > 0) marks = null;
    else {
      for (const mark of lot) done.add(attemptKey(mark));
      results.push(...(await allocateInOrder(await inTurn(accountId, attempts, known), accountId, attempts)));
    }
  }
  // What was known before the trying: a rise in between has not been tried.
  tries.remember(accountId, risen);
  return results;
};

const risesOf = (tools: AllocationTools, accountId: AccountId, skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>> =>
  lookAt(tools.streams.items, accountId, skus, (items) => new Map([...items].map(([sku, { state }]) => [sku, state.roseAt])));

const anyLeft = async ({ streams }: AllocationTools, accountId: AccountId, skus: readonly Sku[]): Promise<boolean> => {
  const loaded = await streams.items.loadMany(skus.map((sku) => itemStream(accountId, sku)));
  return loaded.some(({ state }) => anyAvailable(state));
};

/** Those who have begun to get something are finished first, whatever is available: a crash may have left them half way. */
const unfinishedOf = async (
  { streams }: AllocationTools,
  accountId: AccountId,
  marks: readonly WaitingMark[],
  sku: Sku,
): Promise<readonly WaitingMark[]> => {
  const allocations = await streams.allocations.loadMany(marks.map((mark) => allocationStream(accountId, mark.orderId)));
  const planOpen = new Set(marks.filter((mark, index) => allocations[index]?.state.attempts.get(mark.attempt)?.planOpen));
  const { state: item } = await streams.items.load(itemStream(accountId, sku));
  return marks.filter((mark) => planOpen.has(mark) || (item.grants.get(attemptKey(mark))?.allocationIds.size ?? 0) > 0);
};

const tryInLots = async (
  { tools, inTurn }: Desk,
  { cause, soFar }: Known,
  marks: readonly WaitingMark[],
  worthwhile: () => Promise<boolean>,
): Promise<readonly AttemptResult[]> => {
  const results: AttemptResult[] = [];
  for (let from = 0; from < marks.length; from += lotSize) {
    if (!(await worthwhile())) break;
    const lot = marks.slice(from, from + lotSize);
    const attempts = await toTryOf(tools, cause, lot);
    const own = await inTurn(cause.accountId, attempts, [...soFar, ...results]);
    results.push(...(await allocateInOrder(own, cause.accountId, attempts)));
  }
  return results;
};

/** What the marked attempts want. A mark is younger than its attempt: a state that knows nothing of it is an old one and is read again. */
const toTryOf = async (
  { streams: { allocations } }: AllocationTools,
  cause: Cause,
  marks: readonly WaitingMark[],
): Promise<readonly ToTry[]> => {
  const streams = marks.map((mark) => allocationStream(cause.accountId, mark.orderId));
  const known = await allocations.loadMany(streams);
  marks.forEach(({ attempt }, index) => {
    if (!wantedBy(known[index]?.state, attempt)) allocations.forget(streams[index] as string);
  });
  const loaded = await allocations.loadMany(streams);
  return marks.flatMap(({ orderId, attempt }, index) => {
    const wanted = wantedBy(loaded[index]?.state, attempt);
    return wanted ? [{ orderId, attempt, wanted, cause, marked: true }] : [];
  });
};

/** What the attempt wants, as its own stream has it. */
export const wantedBy = (allocation: Allocation | undefined, attempt: number): ToTry['wanted'] | null =>
  allocation?.attempts.get(attempt)?.wanted ?? null;
