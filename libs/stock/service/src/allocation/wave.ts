import type { Allocation, Attempt, Outcome, SeenItem } from '@stockproof/stock-domain';
import { currentRuleVersion } from '@stockproof/stock-domain';
import type { Sku } from '@stockproof/vocabulary';
import { allocationStream } from '../stock.streams';
import { stepContext, type AttemptTry, type Cause, type Waiting } from './attempt-try';
import { decideBy, driveAttempt, isSettled, type Allocating } from './driving';
import { grantPlan } from './granting';
import { freshItems, seenBy, skusOf, type ItemsBySku } from './seeing-items';

type Tried = { readonly one: AttemptTry; readonly cause: Cause };

/** What an order in the wave gets, as far as the orders before it leave it. */
type Drafted =
  | { readonly draft: 'plan'; readonly tried: Tried; readonly seen: readonly SeenItem[]; readonly outcome: Outcome }
  | { readonly draft: 'wait'; readonly tried: Tried; readonly outcome: Outcome }
  /** Only what is promised to earlier orders of this very wave stands in the way: once they are through, look again. */
  | { readonly draft: 'next-wave'; readonly tried: Tried };

/**
 * Many attempts at once, in their order: planned one after another on the same view of stock, then all plans written together, all
 * grants, all outcomes: three round trips for the lot. Whatever meets another writer on the way is carried on alone.
 */
export const allocateInOrder = async (allocating: Allocating, accountId: string, tries: readonly Tried[]): Promise<readonly Waiting[]> => {
  const results: Waiting[] = [];
  let left = tries;
  while (left.length > 0) {
    const wave = await oneWave(allocating, accountId, left);
    results.push(...wave.results);
    left = wave.nextWave;
  }
  return results;
};

const oneWave = async (allocating: Allocating, accountId: string, tries: readonly Tried[]): Promise<{ readonly results: readonly Waiting[]; readonly nextWave: readonly Tried[] }> => {
  const states = await allocating.streams.allocations.loadMany(tries.map(({ one }) => allocationStream(accountId, one.orderId)));
  const items = await freshItems(allocating.streams.items, accountId, [...new Set(tries.flatMap(({ one }) => skusOf(one.wanted)))]);
  const fit = tries.map((tried, index) => ({ tried, fits: fitsWave((states[index] as { state: Allocation }).state, tried.one) }));
  const drafts = draftAll(
    fit.filter(({ fits }) => fits).map(({ tried }) => tried),
    items,
  );
  const planned = drafts.flatMap((draft) => (draft.draft === 'plan' ? [draft] : []));
  const waiting = drafts.flatMap((draft) => (draft.draft === 'wait' ? [draft] : []));
  const [carried, waited] = await Promise.all([carryOutAll(allocating, planned), Promise.all(waiting.map((draft) => letWait(allocating, draft)))]);
  // Holds, unfinished plans and lost races, one at a time and in their order.
  const alone: Waiting[] = [];
  const lost = [...carried, ...waited].flatMap((each) => ('waits' in each ? [] : [each]));
  for (const { one, cause } of [...lost, ...fit.filter(({ fits }) => !fits).map(({ tried }) => tried)]) alone.push(await driveAttempt(allocating, cause, one));
  return {
    results: [...[...carried, ...waited].flatMap((each) => ('waits' in each ? [each] : [])), ...alone],
    nextWave: drafts.flatMap((draft) => (draft.draft === 'next-wave' ? [draft.tried] : [])),
  };
};

/** Fresh and waiting attempts without a hold; all others need to be looked at step by step. */
const fitsWave = (allocation: Allocation, { attempt: number, wanted }: AttemptTry): boolean => {
  const attempt: Attempt | undefined = allocation.attempts.get(number);
  return wanted.kind === 'allocate' && wanted.holdAttempt === null && !attempt?.planOpen && !isSettled(allocation, number);
};

const draftAll = (tries: readonly Tried[], items: ItemsBySku): readonly Drafted[] => {
  const taken = new Map<string, number>();
  const touched = new Set<Sku>();
  const blocked = new Set<Sku>();
  const takenAt = (sku: Sku, warehouseId: string): number => taken.get(`${sku} ${warehouseId}`) ?? 0;
  return tries.map((tried): Drafted => {
    const skus = skusOf(tried.one.wanted);
    const seen = seenBy(tried.one, items, takenAt);
    const outcome = decideBy(tried.one.wanted, seen);
    const complete = outcome.missing.length === 0;
    if (skus.some((sku) => blocked.has(sku)) || (!complete && skus.some((sku) => touched.has(sku)))) {
      // Nobody overtakes: who comes later and wants one of these waits for the next wave too.
      skus.forEach((sku) => blocked.add(sku));
      return { draft: 'next-wave', tried };
    }
    if (outcome.choices.length === 0) return { draft: 'wait', tried, outcome };
    for (const { sku, warehouseId, quantity } of outcome.choices) taken.set(`${sku} ${warehouseId}`, takenAt(sku, warehouseId) + quantity);
    for (const { sku } of outcome.choices) touched.add(sku);
    return { draft: 'plan', tried, seen, outcome };
  });
};

type Planned = Extract<Drafted, { draft: 'plan' }>;

const carryOutAll = (allocating: Allocating, planned: readonly Planned[]): Promise<readonly (Waiting | Tried)[]> =>
  Promise.all(planned.map((draft) => carryOut(allocating, draft)));

/** Plan, grants, outcome. Anything but the expected answer hands the attempt over to be driven alone. */
const carryOut = async (allocating: Allocating, { tried, seen, outcome }: Planned): Promise<Waiting | Tried> => {
  const { one, cause } = tried;
  const { allocations } = allocating.streams;
  const stream = allocationStream(cause.accountId, one.orderId);
  const refs = { orderId: one.orderId, attempt: one.attempt };
  const before = (await allocations.load(stream)).state.attempts.get(one.attempt);
  const plan = (before?.lastPlan?.plan ?? 0) + 1;
  const decided = await allocations.handle(
    stream,
    { type: 'DecideAllocation', data: { ...refs, now: allocating.clock.now(), wanted: one.wanted, plan, ruleVersion: currentRuleVersion, seen, outcome } },
    stepContext(cause, 'DecideAllocation', one.orderId, one.attempt, plan),
  );
  if (decided.outcome === 'rejected' || decided.repeated) return tried;
  const { state, seenAt } = await allocations.load(stream);
  const attempt = state.attempts.get(one.attempt);
  if (!attempt?.planOpen) return tried;
  const granting = await grantPlan(allocating, cause, one.orderId, { attempt, seenOpenAt: seenAt });
  if (granting.result !== 'granted') return tried;
  const granted = await allocations.handle(
    stream,
    { type: 'RecordGrants', data: { ...refs, now: allocating.clock.now(), plan, grantedAt: granting.grantedAt } },
    stepContext(cause, 'RecordGrants', one.orderId, one.attempt, plan),
  );
  return granted.outcome === 'accepted' ? { ...refs, waits: null } : tried;
};

const letWait = async (allocating: Allocating, { tried, outcome }: Extract<Drafted, { draft: 'wait' }>): Promise<Waiting | Tried> => {
  const { one, cause } = tried;
  const { allocations } = allocating.streams;
  const stream = allocationStream(cause.accountId, one.orderId);
  const plan = (await allocations.load(stream)).state.attempts.get(one.attempt)?.lastPlan?.plan ?? 0;
  const { missing, reasons } = outcome;
  const data = { orderId: one.orderId, attempt: one.attempt, now: allocating.clock.now(), wanted: one.wanted, plan, missing, reasons };
  const recorded = await allocations.handle(stream, { type: 'RecordWaiting', data }, stepContext(cause, 'RecordWaiting', one.orderId, one.attempt, plan));
  return recorded.outcome === 'accepted' ? { orderId: one.orderId, attempt: one.attempt, waits: one.wanted } : tried;
};
