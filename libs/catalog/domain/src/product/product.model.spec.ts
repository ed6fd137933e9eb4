import { stateFrom } from '@stockproof/decider';
import fc from 'fast-check';
import type { DescribeProduct } from './product.commands';
import { productDecider } from './product.decider';
import type { ProductEvent } from './product.events';

describe('any history of a product', () => {
  it('says of it what a row in a table would say, and nothing that was said already', () => {
    fc.assert(
      fc.property(fc.array(anyChanges, { maxLength: 30 }), (all) => {
        const history = all.reduce<readonly ProductEvent[]>((before, changes) => {
          const command: DescribeProduct = {
            type: 'DescribeProduct',
            data: { productId: 'P', changes, origin: { kind: 'stockproof' }, now },
          };
          const decision = productDecider.decide(command, stateFrom(productDecider, before));
          return decision.outcome === 'accepted' ? [...before, ...decision.events] : before;
        }, []);
        const row = all.reduce<object>((before, changes) => ({ ...before, ...changes }), { title: '', references: {} });
        const state = stateFrom(productDecider, history);
        expect(state).toEqual(all.length === 0 ? { status: 'unknown' } : { status: 'known', productId: 'P', ...row });
        const said = history.map(({ data: { title, references } }) => JSON.stringify([title, Object.entries(references).sort()]));
        expect(said.filter((each, index) => each === said[index - 1])).toEqual([]);
      }),
    );
  });
});

const now = '2026-01-10T12:00:00.000Z';
const anyChanges = fc.record(
  {
    title: fc.constantFrom('Tea', 'Green tea'),
    references: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'), { noNullPrototype: true }),
  },
  { requiredKeys: [] },
);
