import type { HandOver } from './effect';
import type { Cursor, Page } from './page';

/** Everything in a feed after a cursor; gives up on a feed that says `more` without end. */
export const readToEnd = async <Item>(fetch: (cursor: Cursor | null) => Promise<Page<Item>>, after: Cursor | null) => {
  const items: Item[] = [];
  let cursor = after;
  for (let pages = 0; pages < 1000; pages += 1) {
    const page = await fetch(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
    if (!page.more) return { items, cursor };
  }
  throw new Error('the feed does not end');
};

/** Asks again while no answer comes, as the jobs do, but without their waits. */
export const askUntilAnswered = async (ask: () => Promise<HandOver>, tries = 5): Promise<HandOver> => {
  const outcome = await ask();
  return outcome.outcome === 'unanswered' && tries > 1 ? askUntilAnswered(ask, tries - 1) : outcome;
};

export { feedOf, rememberedEffects } from './testing/in-memory-effects';
