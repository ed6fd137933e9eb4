import type { Item } from '@stockproof/stock-domain';
import type { Sku } from '@stockproof/vocabulary';
import { allocationStream, itemStream } from '../stock.streams';
import { account } from './allocation-scene';
import { allocationsOf, skus, walk, type World } from './allocation-walk';
import { auditItem, withoutOutcome, wrongAnnouncements, wrongAtRest } from './testing/promises-kept';

const askedOf = (w: World, orderId: string): readonly number[] =>
  w.topic.flatMap((each) => (each.asks === 'allocation' && each.toTry.orderId === orderId ? [each.toTry.attempt] : []));

const problemsOf = async (seed: number): Promise<readonly unknown[]> => {
  const { world, failures } = await walk(seed);
  const problems: string[] = [];
  const stock = new Map<Sku, Item>();
  for (const sku of skus) {
    const audited = auditItem(await world.store.readStream(itemStream(account, sku)));
    problems.push(...audited.problems);
    stock.set(sku, audited.item);
  }
  for (const { orderId, state } of await allocationsOf(world)) {
    const order = { orderId, allocation: state, left: world.sold.get(orderId)?.left ?? new Set<string>() };
    problems.push(...wrongAtRest(stock, order), ...withoutOutcome(order, askedOf(world, orderId)));
    problems.push(...wrongAnnouncements(await world.store.readStream(allocationStream(account, orderId))));
  }
  return [...problems, ...failures];
};

describe('any schedule of owners, orders and people', () => {
  it.each(Array.from({ length: 10 }, (_, index) => index * 40))(
    'promises nothing twice and leaves nobody behind: 40 schedules from seed %i',
    async (first) => {
      for (let seed = first; seed < first + 40; seed++) expect({ seed, problems: await problemsOf(seed) }).toEqual({ seed, problems: [] });
    },
  );
});
