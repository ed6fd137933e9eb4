import { allEnded } from '@stockproof/bus-transport';
import type { Allocation } from '@stockproof/stock-domain';
import type { AccountId, Sku } from '@stockproof/vocabulary';
import { allocationStream } from '../stock.streams';
import type { AttemptResult, ToTry } from './attempt-try';
import { draftOf } from './drafting';
import { driveAttempt, type Draft } from './driving';
import type { AllocationTools } from './granting';
import { needsNoPlan } from './needs-no-plan';
import { lookAt, skusOf, type ItemsBySku } from './seeing-items';
import type { Turns } from './strict-order';

type Drafted = { readonly toTry: ToTry; readonly draft: Draft | null };

/**
 * Many attempts at once, in their order: planned one after another on the same look at stock, then carried on side by side, so that
 * all plans travel together, all grants, all outcomes. What is only short because of earlier ones of the same wave comes after them;
 * holds and unfinished plans are carried on alone, each in its place. Who is marked and goes on waiting has no result.
 */
export const allocateInOrder = async (
  tools: AllocationTools,
  accountId: AccountId,
  attempts: readonly ToTry[],
): Promise<readonly AttemptResult[]> => {
  const results: AttemptResult[] = [];
  let left = attempts;
  while (left.length > 0) {
    const together = await plainOnes(tools, accountId, left);
    const drafts = await draftWave(tools, accountId, together);
    const ready = drafts.flatMap(({ toTry, draft }) => (draft === null || waitsOn(toTry, draft) ? [] : [{ toTry, draft }]));
    const driven = await allEnded(ready.map(({ toTry, draft }) => driveAttempt(tools, toTry, draft)));
    noteTurns(tools, ready, driven);
    results.push(...driven);
    const waiting = drafts.flatMap(({ toTry, draft }) => (draft === null ? [toTry] : []));
    const [next, ...rest] = left.slice(together.length);
    // Who stands alone comes after all before it, and before all behind it.
    if (waiting.length === 0 && next) {
      const result = await driveAttempt(tools, next);
      noteTurns(tools, [{ toTry: next }], [result]);
      results.push(result);
    }
    left = waiting.length === 0 ? rest : [...waiting, ...left.slice(together.length)];
  }
  return results;
};

/** It gets nothing of what was seen, and waits already: there is nothing to write, and its mark stands. Most who wait are such. */
const waitsOn = ({ marked }: ToTry, { outcome }: Draft): boolean => marked === true && outcome.choices.length === 0;

/** Who waits now keeps his place before those who come after; who does not, no longer. */
const noteTurns = ({ turns }: AllocationTools, tried: readonly { readonly toTry: ToTry }[], results: readonly AttemptResult[]): void =>
  results.forEach(({ waits }, index) => {
    const toTry = tried[index]?.toTry;
    if (!toTry || !turns) return;
    if (waits) turns.waits(toTry);
    else turns.goes(toTry);
  });

/** Fresh and waiting attempts without a hold can be planned together, up to the first that must be carried on alone. */
const plainOnes = async ({ streams }: AllocationTools, accountId: AccountId, attempts: readonly ToTry[]): Promise<readonly ToTry[]> => {
  const loaded = await streams.allocations.loadMany(attempts.map(({ orderId }) => allocationStream(accountId, orderId)));
  const alone = attempts.findIndex((toTry, index) => !plain(loaded[index]?.state, toTry));
  return alone < 0 ? attempts : attempts.slice(0, alone);
};

const plain = (allocation: Allocation | undefined, { attempt, wanted }: ToTry): boolean =>
  allocation !== undefined &&
  wanted.kind === 'allocate' &&
  wanted.holdAttempt === null &&
  !allocation.attempts.get(attempt)?.planOpen &&
  !needsNoPlan(allocation, attempt);

const draftWave = (tools: AllocationTools, accountId: AccountId, attempts: readonly ToTry[]): Promise<readonly Drafted[]> =>
  lookAt(tools.streams.items, accountId, [...new Set(attempts.flatMap(({ wanted }) => skusOf(wanted)))], (items) =>
    draftAll(attempts, items, tools.turns ?? null),
  );

/** Plans in order; each sees what those before it have left. No draft: they left too little, and once they are through, look again. */
const draftAll = (attempts: readonly ToTry[], items: ItemsBySku, turns: Turns | null): readonly Drafted[] => {
  const taken = new Map<string, number>();
  const touched = new Set<Sku>();
  const blocked = new Set<Sku>();
  const takenAt = (sku: Sku, warehouseId: string): number => taken.get(`${sku} ${warehouseId}`) ?? 0;
  return attempts.map((toTry): Drafted => {
    const skus = skusOf(toTry.wanted);
    const draft = draftOf(toTry, items, turns, takenAt);
    const { outcome } = draft;
    const shortOfTaken = outcome.missing.length > 0 && skus.some((sku) => touched.has(sku));
    if (shortOfTaken || skus.some((sku) => blocked.has(sku))) {
      // Nobody overtakes: who comes later and wants one of these looks again later too.
      skus.forEach((sku) => blocked.add(sku));
      return { toTry, draft: null };
    }
    for (const { sku, warehouseId, quantity } of outcome.choices) {
      taken.set(`${sku} ${warehouseId}`, takenAt(sku, warehouseId) + quantity);
      touched.add(sku);
    }
    if (outcome.choices.length === 0) turns?.waits(toTry);
    else turns?.goes(toTry);
    return { toTry, draft };
  });
};
