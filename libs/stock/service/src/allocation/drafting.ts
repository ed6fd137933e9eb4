import { decideByCurrentRule, decideKeepingHold, outOfTurn } from '@stockproof/stock-domain';
import type { Sku } from '@stockproof/vocabulary';
import type { ToTry } from './attempt-try';
import type { Draft } from './driving';
import { hasAt, seenBy, type ItemsBySku } from './seeing-items';
import type { Turns } from './strict-order';

/** What comes of an attempt on this look at stock: what the rule makes of it, or nothing while it is not its turn. */
export const draftOf = (
  toTry: ToTry,
  items: ItemsBySku,
  turns: Turns | null,
  taken: (sku: Sku, warehouseId: string) => number = () => 0,
): Draft => {
  const seen = seenBy(toTry, items, taken);
  const behind = turns?.ahead(toTry, items) ?? null;
  if (behind) return { seen, behind, outcome: outOfTurn(toTry.wanted) };
  return { behind, ...decideKeepingHold(decideByCurrentRule, toTry.wanted, seen, hasAt(toTry, items)) };
};
