import { given as givenFor } from '@stockproof/decider-testing';
import type { AddVariant, ChangeVariant, KnownComponent, VariantCommand } from './variant.commands';
import { variantDecider } from './variant.decider';
import type { Component, Description, VariantEvent } from './variant.events';

const given = givenFor(variantDecider);

describe('adding a variant', () => {
  it('makes the SKU known, trimmed', () => given().when(add('  TEA-100 ')).then(added('TEA-100')));
  it('needs something in the SKU', () => given().when(add('   ')).thenRejected({ type: 'SkuEmpty' }));
  it('happens once for a SKU, whatever its case: the first wins', () =>
    given(added('TEA-100')).when(add('tea-100')).thenRejected({ type: 'SkuTaken', sku: 'TEA-100' }));
  it('brings back what was archived', () => given(added('TEA-100'), archived('TEA-100')).when(add('Tea-100')).then(added('Tea-100')));
  it('brings it back as what it was: others may have it as a component', () =>
    given(added('TEA-100'), archived('TEA-100'))
      .when(add('TEA-100', [part('CUP')]))
      .thenRejected({ type: 'KindIsPermanent', wasBundle: false }));
});

describe('adding a bundle', () => {
  it('names its components', () =>
    given()
      .when(add('SET', [part('TEA-100', 2), part('CUP')]))
      .then(
        added('SET', [
          { sku: 'TEA-100', quantity: 2 },
          { sku: 'CUP', quantity: 1 },
        ]),
      ));
  it('has no bundle, nothing archived, nothing unknown and nothing twice in it, and names all that is wrong', () =>
    given()
      .when(add('SET', [part('A', 1, 'bundle'), part('B', 1, 'archived'), part('C', 1, 'unknown'), part('D'), part('d ')]))
      .thenRejected({
        type: 'ComponentsNotUsable',
        components: [
          { sku: 'A', because: 'bundle' },
          { sku: 'B', because: 'archived' },
          { sku: 'C', because: 'unknown' },
          { sku: 'd ', because: 'twice' },
        ],
      }));
});

describe('changing a variant', () => {
  it('replaces what is named and leaves the rest', () =>
    given(added('TEA-100'))
      .when(change({ name: 'Green tea', weightG: null }))
      .then(redescribed({ ...tea, name: 'Green tea', weightG: null })));
  it('to what it is changes nothing', () =>
    given(added('TEA-100'))
      .when(change({ ...tea, size: { lengthMm: 10, widthMm: 20, heightMm: 30 } }))
      .thenNothing());
  it('needs a variant', () =>
    given()
      .when(change({ name: 'x' }))
      .thenRejected({ type: 'VariantUnknown' }));
  it('needs it to be sold', () =>
    given(added('TEA-100'), archived('TEA-100'))
      .when(change({ name: 'x' }))
      .thenRejected({ type: 'VariantNotSold' }));
});

describe('archiving a variant', () => {
  it('ends its sale', () => given(added('TEA-100')).when(archive).then(archived('TEA-100')));
  it('happens once', () => given(added('TEA-100'), archived('TEA-100')).when(archive).thenNothing());
  it('needs a variant', () => given().when(archive).thenRejected({ type: 'VariantUnknown' }));
});

const now = '2026-01-10T12:00:00.000Z';
const variantId = 'v';
const tea: Description = {
  name: 'Tea',
  barcode: '4006381333931',
  weightG: 100,
  size: { lengthMm: 10, widthMm: 20, heightMm: 30 },
  price: { amount: '3.90', currency: 'EUR' },
};
const part = (sku: string, quantity = 1, standing: KnownComponent['standing'] = 'usable'): KnownComponent => ({ sku, quantity, standing });
const add = (sku: string, components: readonly KnownComponent[] = []): AddVariant => ({
  type: 'AddVariant',
  data: { variantId, sku, description: tea, components, now },
});
const change = (changes: ChangeVariant['data']['changes']): ChangeVariant => ({ type: 'ChangeVariant', data: { changes, now } });
const archive: VariantCommand = { type: 'ArchiveVariant', data: { now } };
const added = (sku: string, components: readonly Component[] = []): VariantEvent => ({
  type: 'VariantAdded',
  data: { variantId, sku, description: tea, components, decidedAt: now },
});
const redescribed = (description: Description): VariantEvent => ({
  type: 'VariantRedescribed',
  data: { variantId, sku: 'TEA-100', description, decidedAt: now },
});
const archived = (sku: string): VariantEvent => ({ type: 'VariantArchived', data: { variantId, sku, decidedAt: now } });
