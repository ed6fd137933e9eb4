import { skuKey } from '@stockproof/vocabulary';
import type { AllocationRule, Candidate, Choice, Outcome, Reason, Wanted } from './allocation-rule';
import { exactUpTo, serveAll, serveSome, setsOf, type Order } from './splitting';
import { coversAlone, inOrder, stockViews } from './stock-view';

/**
 * Version 1: one warehouse if any covers the order; otherwise the fewest shipments that splitting allows; otherwise what there is,
 * where partial fulfillment is on or stock is held; otherwise nothing. No clock, no randomness.
 */
export const allocationRuleV1: AllocationRule = (wanted, seen) => {
  const fresh = stockViews(wanted, seen);
  const order = { wanted, groups: [...Map.groupBy(wanted.lines, (line) => skuKey(line.sku)).values()], fresh };
  const ordered = inOrder(wanted, seen, fresh);
  const most = Math.min(ordered.length, wanted.settings.allowSplitting ? (wanted.settings.maximumShipments ?? ordered.length) : 1);
  const search = ordered.length <= exactUpTo ? 'exact' : 'greedy';
  const whole = search === 'exact' ? fewest(order, ordered, most) : greedy(order, ordered, most);
  const some = whole ?? (wanted.settings.partial || wanted.kind === 'hold' ? asMuchAsThereIs(order, ordered, most) : []);
  const choices = [...some].sort(byLine);
  return { choices, missing: missingAfter(wanted, choices), reasons: reasons(order, choices, most), search };
};

const fewest = (order: Order, ordered: readonly Candidate[], most: number): readonly Choice[] | null => {
  for (let size = 1; size <= most; size++) {
    for (const set of setsOf(ordered, size)) {
      const served = serveAll(order, set);
      if (served) return served;
    }
  }
  return null;
};

/** Adds the candidate that covers most of what is still missing, until all is covered. */
const greedy = (order: Order, ordered: readonly Candidate[], most: number): readonly Choice[] | null => {
  const chosen: Candidate[] = [];
  for (let size = 1; size <= most; size++) {
    const best = mostCovering(order, ordered, chosen);
    if (!best) return null;
    chosen.push(best);
    const served = serveAll(order, chosen);
    if (served) return served;
  }
  return null;
};

const asMuchAsThereIs = (order: Order, ordered: readonly Candidate[], most: number): readonly Choice[] => {
  const chosen: Candidate[] = [];
  while (chosen.length < most) {
    const best = mostCovering(order, ordered, chosen);
    if (!best) break;
    chosen.push(best);
  }
  return serveSome(order, chosen);
};

const mostCovering = (order: Order, ordered: readonly Candidate[], chosen: readonly Candidate[]): Candidate | null => {
  const covered = (set: readonly Candidate[]) => serveSome(order, set).reduce((sum, each) => sum + each.quantity, 0);
  let best: { candidate: Candidate; units: number } | null = null;
  const now = covered(chosen);
  for (const candidate of ordered) {
    if (chosen.includes(candidate)) continue;
    const units = covered([...chosen, candidate]);
    if (units > now && (best === null || units > best.units)) best = { candidate, units };
  }
  return best?.candidate ?? null;
};

const byLine = (a: Choice, b: Choice): number =>
  a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : a.warehouseId < b.warehouseId ? -1 : 1;

const missingAfter = (wanted: Wanted, choices: readonly Choice[]): Outcome['missing'] => {
  const given = new Map<string, number>();
  for (const { lineId, quantity } of choices) given.set(lineId, (given.get(lineId) ?? 0) + quantity);
  return wanted.lines.flatMap(({ lineId, sku, quantity }) => {
    const rest = quantity - (given.get(lineId) ?? 0);
    return rest > 0 ? [{ lineId, sku, quantity: rest }] : [];
  });
};

const reasons = (order: Order, choices: readonly Choice[], most: number): readonly Reason[] => {
  const { wanted, fresh } = order;
  const taken = new Set(choices.map((each) => each.warehouseId));
  const complete = missingAfter(wanted, choices).length === 0;
  const moreWouldHelp = (taken.size > 0 && taken.size >= most) || (!complete && serveAll(order, wanted.candidates) !== null);
  return wanted.candidates.map(({ warehouseId }): Reason => {
    if (taken.has(warehouseId)) return 'taken';
    if (coversAlone(wanted, fresh(), warehouseId)) return 'covers-alone-but-later';
    if (complete) return 'not-needed';
    if (wanted.lines.every((line) => line.candidates !== undefined && !line.candidates.includes(warehouseId))) return 'not-named';
    if (givesNothing(order, warehouseId)) return 'not-enough';
    if (!moreWouldHelp) return 'not-enough';
    return wanted.settings.allowSplitting ? 'too-many-shipments' : 'splitting-not-allowed';
  });
};

const givesNothing = ({ wanted, fresh }: Order, warehouseId: string): boolean => {
  const view = fresh();
  return wanted.lines.every((line) => view.free(warehouseId, line) === 0);
};
