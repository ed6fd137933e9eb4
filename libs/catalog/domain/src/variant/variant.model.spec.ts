import { stateFrom } from '@stockproof/decider';
import { skuKey } from '@stockproof/vocabulary';
import fc from 'fast-check';
import type { AddVariant, KnownComponent, VariantCommand } from './variant.commands';
import { variantDecider } from './variant.decider';
import type { Description, VariantEvent } from './variant.events';

describe('any history of a SKU', () => {
  it('says of it what a row in a table would say', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        const history = commands.reduce(decided, []);
        const row = commands.reduce(follow, null);
        const state = stateFrom(variantDecider, history);
        expect(
          state.status === 'unknown'
            ? null
            : {
                sold: state.status === 'sold',
                sku: state.sku,
                name: state.description.name,
                weightG: state.description.weightG,
                bundle: state.bundle,
              },
        ).toEqual(row);
      }),
    );
  });

  it('never has a component that is not sold by itself, nor the same one twice', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        for (const event of commands.reduce(decided, [])) {
          const components = event.type === 'VariantAdded' ? event.data.components : [];
          expect(components.filter(({ sku }) => !sku.startsWith('usable'))).toEqual([]);
          expect(new Set(components.map(({ sku }) => skuKey(sku))).size).toBe(components.length);
        }
      }),
    );
  });
});

type Row = {
  readonly sold: boolean;
  readonly sku: string;
  readonly name: string;
  readonly weightG: number | null;
  readonly bundle: boolean;
};

const follow = (row: Row | null, { type, data }: VariantCommand): Row | null => {
  switch (type) {
    case 'AddVariant':
      return mayAdd(row, data.components) ? rowOf(data) : row;
    case 'ChangeVariant':
      return row?.sold === true ? { ...row, ...data.changes } : row;
    case 'ArchiveVariant':
      return row && { ...row, sold: false };
  }
};

const mayAdd = (row: Row | null, components: readonly KnownComponent[]): boolean => {
  const different = new Set(components.map(({ sku }) => skuKey(sku))).size === components.length;
  const free = row === null || (!row.sold && row.bundle === components.length > 0);
  return free && different && components.every(({ standing }) => standing === 'usable');
};
const rowOf = ({ sku, description, components }: AddVariant['data']): Row => ({
  sold: true,
  sku: sku.trim(),
  name: description.name,
  weightG: description.weightG,
  bundle: components.length > 0,
});

const decided = (history: readonly VariantEvent[], command: VariantCommand): readonly VariantEvent[] => {
  const decision = variantDecider.decide(command, stateFrom(variantDecider, history));
  return decision.outcome === 'accepted' ? [...history, ...decision.events] : history;
};

const now = '2026-01-10T12:00:00.000Z';
const description = (name: string, weightG: number | null): Description => ({ name, barcode: null, weightG, size: null, price: null });
const anyName = fc.constantFrom('Tea', 'Green tea');
const anyWeight = fc.option(fc.constantFrom(100, 250));
const anyComponent: fc.Arbitrary<KnownComponent> = fc
  .record({
    standing: fc.oneof(
      { weight: 8, arbitrary: fc.constant('usable' as const) },
      fc.constantFrom('unknown' as const, 'archived' as const, 'bundle' as const),
    ),
    number: fc.nat(3),
  })
  .map(({ standing, number }) => ({ sku: `${standing}-${number}`, quantity: number + 1, standing }));

const anyCommand: fc.Arbitrary<VariantCommand> = fc.oneof(
  fc
    .record({
      sku: fc.constantFrom('TEA', 'tea', ' Tea '),
      name: anyName,
      weightG: anyWeight,
      components: fc.array(anyComponent, { maxLength: 2 }),
    })
    .map(
      ({ sku, name, weightG, components }) =>
        ({ type: 'AddVariant', data: { variantId: 'v', sku, description: description(name, weightG), components, now } }) as const,
    ),
  fc
    .record({ name: anyName, weightG: anyWeight }, { requiredKeys: [] })
    .map((changes) => ({ type: 'ChangeVariant', data: { changes, now } }) as const),
  fc.constant({ type: 'ArchiveVariant', data: { now } } as const),
);
