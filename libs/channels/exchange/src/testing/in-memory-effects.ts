import type { Effect, HandOver, TakeBack, Unanswered } from '../effect';
import type { Page } from '../page';

/** Remembers what each effect came to, as every channel must. `losesAnswer`: done, and not said the first time. */
export const rememberedEffects = () => {
  const outcomes = new Map<string, HandOver | TakeBack>();
  return <Outcome extends HandOver | TakeBack>({ effectId }: Effect, losesAnswer: boolean, act: () => Outcome): Outcome | Unanswered => {
    const known = outcomes.get(effectId);
    if (known !== undefined) return known as Outcome;
    const outcome = act();
    outcomes.set(effectId, outcome);
    return losesAnswer ? { outcome: 'unanswered', reason: 'the answer was lost', retryAfterMs: null } : outcome;
  };
};

/** A feed that only grows, read two items at a time so that readers meet its pages. */
export const feedOf =
  <Item>(items: readonly Item[]) =>
  async (cursor: string | null): Promise<Page<Item>> => {
    const from = Number(cursor ?? 0);
    const end = Math.min(items.length, from + 2);
    return { items: items.slice(from, end), unreadable: [], nextCursor: String(end), more: end < items.length };
  };
