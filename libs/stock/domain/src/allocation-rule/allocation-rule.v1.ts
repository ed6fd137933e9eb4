import type { AllocationRule, Candidate, Choice, Outcome, Reason, SeenItem, Wanted } from './allocation-rule';
import { exactUpTo, serveAll, serveSome, setsOf } from './splitting';
import { coversAlone, inOrder, stockView } from './stock-view';

/**
 * Version 1: one warehouse if any covers the order; otherwise the fewest shipments that splitting allows; otherwise what there is,
 * where partial fulfillment is on or stock is held; otherwise nothing. No clock, no randomness.
 */
export const allocationRuleV1: AllocationRule = (wanted, seen) => {
  const ordered = inOrder(wanted, seen);
  const most = Math.min(ordered.length, wanted.settings.allowSplitting ? (wanted.settings.maximumShipments ?? ordered.length) : 1);
  const search = ordered.length <= exactUpTo ? 'exact' : 'greedy';
  const whole = search === 'exact' ? fewest(wanted, seen, ordered, most) : greedy(wanted, seen, ordered, most);
  const some = whole ?? (wanted.settings.partial || wanted.kind === 'hold' ? asMuchAsThereIs(wanted, seen, ordered, most) : []);
  const choices = [...some].sort(byLine);
  return { choices, missing: missingAfter(wanted, choices), reasons: reasons(wanted, seen, choices, most), search };
};

const fewest = (wanted: Wanted, seen: readonly SeenItem[], ordered: readonly Candidate[], most: number): readonly Choice[] | null => {
  for (let size = 1; size <= most; size++) {
    for (const set of setsOf(ordered, size)) {
      const served = serveAll(wanted, set, stockView(wanted, seen));
      if (served) return served;
    }
  }
  return null;
};

/** Adds the candidate that covers most of what is still missing, until all is covered. */
const greedy = (wanted: Wanted, seen: readonly SeenItem[], ordered: readonly Candidate[], most: number): readonly Choice[] | null => {
  const chosen: Candidate[] = [];
  for (let size = 1; size <= most; size++) {
    const best = mostCovering(wanted, seen, ordered, chosen);
    if (!best) return null;
    chosen.push(best);
    const served = serveAll(wanted, chosen, stockView(wanted, seen));
    if (served) return served;
  }
  return null;
};

const asMuchAsThereIs = (wanted: Wanted, seen: readonly SeenItem[], ordered: readonly Candidate[], most: number): readonly Choice[] => {
  const chosen: Candidate[] = [];
  while (chosen.length < most) {
    const best = mostCovering(wanted, seen, ordered, chosen);
    if (!best) break;
    chosen.push(best);
  }
  return serveSome(wanted, chosen, stockView(wanted, seen));
};

const mostCovering = (wanted: Wanted, seen: readonly SeenItem[], ordered: readonly Candidate[], chosen: readonly Candidate[]): Candidate | null => {
  const covered = (set: readonly Candidate[]) => serveSome(wanted, set, stockView(wanted, seen)).reduce((sum, each) => sum + each.quantity, 0);
  let best: { candidate: Candidate; units: number } | null = null;
  const now = covered(chosen);
  for (const candidate of ordered) {
    if (chosen.includes(candidate)) continue;
    const units = covered([...chosen, candidate]);
    if (units > now && (best === null || units > best.units)) best = { candidate, units };
  }
  return best?.candidate ?? null;
};

const byLine = (a: Choice, b: Choice): number => (a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : a.warehouseId < b.warehouseId ? -1 : 1);

const missingAfter = (wanted: Wanted, choices: readonly Choice[]): Outcome['missing'] => {
  const given = new Map<string, number>();
  for (const { lineId, quantity } of choices) given.set(lineId, (given.get(lineId) ?? 0) + quantity);
  return wanted.lines.flatMap(({ lineId, sku, quantity }) => {
    const rest = quantity - (given.get(lineId) ?? 0);
    return rest > 0 ? [{ lineId, sku, quantity: rest }] : [];
  });
};

const reasons = (wanted: Wanted, seen: readonly SeenItem[], choices: readonly Choice[], most: number): readonly Reason[] => {
  const taken = new Set(choices.map((each) => each.warehouseId));
  const complete = missingAfter(wanted, choices).length === 0;
  const onlyTooMany = most < 2 || (!complete && serveAll(wanted, wanted.candidates, stockView(wanted, seen)) !== null);
  return wanted.candidates.map(({ warehouseId }): Reason => {
    if (taken.has(warehouseId)) return 'taken';
    if (coversAlone(wanted, seen, warehouseId)) return 'covers-alone-but-later';
    if (complete) return 'not-needed';
    if (wanted.lines.every((line) => line.candidates !== undefined && !line.candidates.includes(warehouseId))) return 'not-named';
    if (givesNothing(wanted, seen, warehouseId)) return 'not-enough';
    if (!wanted.settings.allowSplitting) return 'splitting-not-allowed';
    return taken.size >= most || onlyTooMany ? 'too-many-shipments' : 'not-enough';
  });
};

const givesNothing = (wanted: Wanted, seen: readonly SeenItem[], warehouseId: string): boolean => {
  const view = stockView(wanted, seen);
  return wanted.lines.every((line) => view.free(warehouseId, line) === 0);
};
