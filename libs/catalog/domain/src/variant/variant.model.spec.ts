import { stateFrom } from '@stockproof/decider';
import { skuKey } from '@stockproof/vocabulary';
import fc from 'fast-check';
import { sourceKey } from '../product-source/product-source';
import type { AddVariant, KnownComponent, SupplyVariant, VariantCommand } from './variant.commands';
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
                bundle: state.components.length > 0,
                alternates: state.alternates,
                suppliedBy: [...state.suppliedBy].sort(),
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
  readonly alternates: readonly string[];
  readonly suppliedBy: readonly string[];
};

const follow = (row: Row | null, { type, data }: VariantCommand): Row | null => {
  switch (type) {
    case 'AddVariant':
      return mayAdd(row, data.components) ? rowOf(row, data) : row;
    case 'ChangeVariant':
      return row?.sold === true ? { ...row, ...data.changes, ...(data.alternates === null ? {} : { alternates: data.alternates }) } : row;
    case 'SupplyVariant':
      return suppliedRow(row, data);
    case 'DropVariant':
      return row !== null && row.suppliedBy.includes(sourceKey(data.source)) ? { ...row, sold: false } : row;
    case 'ArchiveVariant':
      return row && { ...row, sold: false };
  }
};

const mayAdd = (row: Row | null, components: readonly KnownComponent[]): boolean => {
  const different = new Set(components.map(({ sku }) => skuKey(sku))).size === components.length;
  const free = row === null || (!row.sold && row.bundle === components.length > 0);
  return free && different && components.every(({ standing }) => standing === 'usable');
};
/** Sent fields overwrite, others stay, what is local is never touched. Only singles are supplied here. */
const suppliedRow = (row: Row | null, { sku, sent, source }: SupplyVariant['data']): Row => {
  const before = row ?? { sold: true, sku: sku.trim(), name: sku.trim(), weightG: null, bundle: false, alternates: [], suppliedBy: [] };
  const suppliedBy = [...new Set([...before.suppliedBy, sourceKey(source)])].sort();
  return {
    ...before,
    sold: true,
    sku: before.sold ? before.sku : sku.trim(),
    name: sent.name ?? before.name,
    weightG: sent.weightG === undefined ? before.weightG : sent.weightG,
    suppliedBy,
  };
};
const rowOf = (row: Row | null, { sku, description, components }: AddVariant['data']): Row => ({
  alternates: row?.alternates ?? [],
  suppliedBy: row?.suppliedBy ?? [],
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
const description = (name: string, weightG: number | null): Description => ({
  ...{ name, weightG },
  ...{ barcode: null, size: null, price: null, productId: null, references: {} },
});
const anySource = fc.constantFrom('one', 'two').map((id) => ({ kind: 'sales-channel', id }) as const);
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
        ({
          type: 'AddVariant',
          data: { variantId: 'v', sku, description: description(name, weightG), components, productKnown: true, now },
        }) as const,
    ),
  fc
    .record({ name: anyName, weightG: anyWeight }, { requiredKeys: [] })
    .chain((changes) =>
      fc
        .option(fc.constantFrom(['A'], ['A', 'B'], []))
        .map((alternates) => ({ type: 'ChangeVariant', data: { changes, alternates, productKnown: true, now } }) as const),
    ),
  fc
    .record({
      sku: fc.constantFrom('TEA', ' tea '),
      sent: fc.record({ name: anyName, weightG: anyWeight }, { requiredKeys: [] }),
      source: anySource,
    })
    .map((said) => ({ type: 'SupplyVariant', data: { variantId: 'v', components: null, now, ...said } }) as const),
  anySource.map((source) => ({ type: 'DropVariant', data: { source, now } }) as const),
  fc.constant({ type: 'ArchiveVariant', data: { now } } as const),
);
