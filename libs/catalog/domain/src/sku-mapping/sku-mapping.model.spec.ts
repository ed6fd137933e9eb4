import { stateFrom } from '@stockproof/decider';
import fc from 'fast-check';
import type { SkuMappingCommand } from './sku-mapping.commands';
import { skuMappingDecider } from './sku-mapping.decider';
import type { SkuMappingEvent } from './sku-mapping.events';

describe('any history of a mapping', () => {
  it('means what was last said of something that stands, or nothing', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        const state = stateFrom(skuMappingDecider, commands.reduce(decided, []));
        expect(state.status === 'mapped' ? state.sku : null).toBe(commands.reduce(follow, null));
      }),
    );
  });

  it('says nothing twice in a row', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        const said = commands.reduce(decided, []).map(({ type, data }) => JSON.stringify([type, 'sku' in data ? data.sku : null]));
        expect(said.filter((each, index) => each === said[index - 1])).toEqual([]);
      }),
    );
  });
});

const follow = (sku: string | null, { type, data }: SkuMappingCommand): string | null => {
  if (type === 'RemoveSkuMapping') return null;
  return data.channelKnown && data.skuStanding === 'sold' ? data.sku : sku;
};

const decided = (history: readonly SkuMappingEvent[], command: SkuMappingCommand): readonly SkuMappingEvent[] => {
  const decision = skuMappingDecider.decide(command, stateFrom(skuMappingDecider, history));
  return decision.outcome === 'accepted' ? [...history, ...decision.events] : history;
};

const now = '2026-01-10T12:00:00.000Z';
const anyCommand: fc.Arbitrary<SkuMappingCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        sku: fc.constantFrom('TEA', 'CUP', 'SET'),
        skuStanding: fc.constantFrom('sold' as const, 'sold' as const, 'archived' as const, 'unknown' as const),
        channelKnown: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
      })
      .map((said) => ({ type: 'MapSku', data: { channelId: 'c', theirs: 'T-1', now, ...said } }) as const),
  },
  fc.constant({ type: 'RemoveSkuMapping', data: { now } } as const),
);
