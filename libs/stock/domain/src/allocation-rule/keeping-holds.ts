import type { WarehouseId } from '@stockproof/vocabulary';
import type { AllocationRule, Outcome, SeenItem, Wanted } from './allocation-rule';

export type Decided = { readonly seen: readonly SeenItem[]; readonly outcome: Outcome };

/**
 * What the rule makes of an order. One that takes over a hold goes from where it is kept, wherever a person has moved it: as long as it
 * is kept whole, nothing else is looked at. Where it is not, or may no longer go so, all that is free counts.
 */
export const decideKeepingHold = (
  rule: AllocationRule,
  wanted: Wanted,
  seen: readonly SeenItem[],
  has: (sku: string, warehouseId: WarehouseId) => number,
): Decided => {
  if (wanted.holdAttempt !== null) {
    const kept = seen.map((item) => ({
      ...item,
      free: wanted.candidates.map(({ warehouseId, checked }, index) => {
        const here = has(item.sku, warehouseId);
        return checked ? Math.max(0, Math.min(item.free[index] ?? 0, here)) : here;
      }),
    }));
    const outcome = rule(wanted, kept);
    if (outcome.missing.length === 0 && isWithin(wanted, kept, outcome)) return { seen: kept, outcome };
  }
  return { seen, outcome: rule(wanted, seen) };
};

/** A warehouse whose stock is not looked at gives more than is kept there. */
const isWithin = ({ candidates }: Wanted, kept: readonly SeenItem[], { choices }: Outcome): boolean =>
  kept.every(({ sku, free }) =>
    candidates.every(({ warehouseId }, index) => {
      const chosen = choices.filter((each) => each.sku === sku && each.warehouseId === warehouseId);
      return chosen.reduce((sum, { quantity }) => sum + quantity, 0) <= (free[index] ?? 0);
    }),
  );
