import { given as givenFor } from '@stockproof/decider-testing';
import type { ProductSource } from '../product-source/product-source';
import type { SentDescription } from './description';
import type { AddVariant, ChangeVariant, KnownComponent, SupplyVariant, VariantCommand } from './variant.commands';
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

describe('products and alternates of a variant', () => {
  it('needs the product to be known, when it is added', () =>
    given()
      .when({ type: 'AddVariant', data: { ...add('TEA-100').data, description: { ...tea, productId: 'P' }, productKnown: false } })
      .thenRejected({ type: 'ProductUnknown', productId: 'P' }));
  it('needs the product to be known, when it is changed', () =>
    given(added('TEA-100'))
      .when({ type: 'ChangeVariant', data: { changes: { productId: 'P' }, alternates: null, productKnown: false, now } })
      .thenRejected({ type: 'ProductUnknown', productId: 'P' }));
  it('names what may stand in for it', () =>
    given(added('TEA-100'))
      .when(change({}, ['TEA-250']))
      .then(named(['TEA-250'])));
  it('named once more changes nothing', () =>
    given(added('TEA-100'), named(['TEA-250']))
      .when(change({}, ['TEA-250']))
      .thenNothing());
});

describe('a variant that a source supplies', () => {
  it('is added where it was unknown, under its SKU where the source gives no name', () =>
    given()
      .when(supplyIt({ weightG: 50 }))
      .then(
        from(shop, {
          type: 'VariantAdded',
          data: { variantId, sku: 'TEA-100', description: { ...nothing, name: 'TEA-100', weightG: 50 }, components: [], decidedAt: now },
        }),
        supplied(shop),
      ));
  it('replaces what is sent, keeps the rest, and remembers that the source has it', () =>
    given(added('TEA-100'), named(['TEA-250']))
      .when(supplyIt({ name: 'Green tea', barcode: null }))
      .then(from(shop, redescribed({ ...tea, name: 'Green tea', barcode: null })), supplied(shop)));
  it('is remembered though it sends nothing new', () =>
    given(added('TEA-100'))
      .when(supplyIt({ name: 'Tea' }))
      .then(supplied(shop)));
  it('says nothing once more', () =>
    given(added('TEA-100'), supplied(shop))
      .when(supplyIt({ name: 'Tea' }))
      .thenNothing());
  it('comes back with what was known', () =>
    given(added('TEA-100'), supplied(shop), archived('TEA-100'))
      .when(supplyIt({ name: 'Green tea' }))
      .then(
        from(shop, {
          type: 'VariantAdded',
          data: { variantId, sku: 'TEA-100', description: { ...tea, name: 'Green tea' }, components: [], decidedAt: now },
        }),
      ));
  it('takes one side of a size beside the others that are known', () =>
    given(added('TEA-100'), supplied(shop))
      .when(supplyIt({ size: { widthMm: 25 } }))
      .then(from(shop, redescribed({ ...tea, size: { lengthMm: 10, widthMm: 25, heightMm: 30 } }))));
  it('does not lose a size to one side that was sent empty', () =>
    given(added('TEA-100'), supplied(shop))
      .when(supplyIt({ size: { widthMm: null } }))
      .thenNothing());
  it('from a file of our own has no supplier', () =>
    given(added('TEA-100'))
      .when(supplyIt({ name: 'Tea' }, null, { kind: 'stockproof' }))
      .thenNothing());
  it('needs a SKU', () =>
    given()
      .when({ type: 'SupplyVariant', data: { ...supplyIt({}).data, sku: ' ' } })
      .thenRejected({ type: 'SkuEmpty' }));
  it('needs its components', () =>
    given()
      .when(supplyIt({}, [part('NONE', 1, 'unknown')]))
      .thenRejected({ type: 'ComponentsNotUsable', components: [{ sku: 'NONE', because: 'unknown' }] }));
  it('stays a single article', () =>
    given(added('TEA-100'))
      .when(supplyIt({}, [part('CUP')]))
      .thenRejected({ type: 'KindIsPermanent', wasBundle: false }));
  it('stays made of what it was', () =>
    given(added('TEA-100', [{ sku: 'CUP', quantity: 1 }]))
      .when(supplyIt({}, [part('CUP', 2)]))
      .thenRejected({ type: 'ComponentsArePermanent' }));
});

describe('a variant that a source drops', () => {
  it('is archived where the source once had it', () =>
    given(added('TEA-100'), supplied(shop))
      .when(dropIt(shop))
      .then(from(shop, archived('TEA-100'))));
  it('stays where the source never had it', () => given(added('TEA-100'), supplied(otherShop)).when(dropIt(shop)).thenNothing());
  it('is archived once', () => given(added('TEA-100'), supplied(shop), archived('TEA-100')).when(dropIt(shop)).thenNothing());
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
  productId: null,
  references: { supplier: 'L-1' },
};
const nothing = { barcode: null, weightG: null, size: null, price: null, productId: null, references: {} };
const part = (sku: string, quantity = 1, standing: KnownComponent['standing'] = 'usable'): KnownComponent => ({ sku, quantity, standing });
const add = (sku: string, components: readonly KnownComponent[] = []): AddVariant => ({
  type: 'AddVariant',
  data: { variantId, sku, description: tea, components, productKnown: true, now },
});
const change = (changes: ChangeVariant['data']['changes'], alternates: readonly string[] | null = null): ChangeVariant => ({
  type: 'ChangeVariant',
  data: { changes, alternates, productKnown: true, now },
});
const shop: ProductSource = { kind: 'sales-channel', id: 'shop' };
const otherShop: ProductSource = { kind: 'sales-channel', id: 'other' };
const supplyIt = (
  sent: SentDescription,
  components: readonly KnownComponent[] | null = null,
  source: ProductSource = shop,
): SupplyVariant => ({ type: 'SupplyVariant', data: { variantId, sku: 'TEA-100', sent, components, source, now } });
const dropIt = (source: ProductSource): VariantCommand => ({ type: 'DropVariant', data: { source, now } });
const supplied = (source: ProductSource): VariantEvent => ({
  type: 'VariantSupplied',
  data: { variantId, sku: 'TEA-100', source, decidedAt: now },
});
const named = (alternates: readonly string[]): VariantEvent => ({
  type: 'VariantAlternatesNamed',
  data: { variantId, sku: 'TEA-100', alternates, decidedAt: now },
});
const from = (origin: ProductSource, event: VariantEvent): VariantEvent => ({ ...event, data: { ...event.data, origin } }) as VariantEvent;
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
