import type { VariantEvent } from '@stockproof/catalog-domain';
import { projectionTest, testAccount, type WrittenDown } from '@stockproof/projections/testing';
import { skuKey } from '@stockproof/vocabulary';
import { readProducts } from './products.query';
import { readVariant, readVariants } from './variants.query';
import { variantsProjection } from './variants.projection';

describe('the view of variants', () => {
  const view = projectionTest(variantsProjection);
  const reader = {
    readAs: async <Row extends object>(tenant: Parameters<typeof view.readAs>[1], statement: Parameters<typeof view.readAs>[0]) =>
      (await view.readAs(statement, tenant)) as readonly Row[],
  };
  const all = { skus: null, archived: null, productId: null };

  it('shows what was said last, in the order in which it was said', async () => {
    await view.given([
      added('TEA-100'),
      added('CUP'),
      redescribed('TEA-100', 'Green tea'),
      added('SET', [{ sku: 'CUP', quantity: 2 }]),
      archived('CUP'),
    ]);
    const rows = await readVariants(reader, testAccount, all, { after: null, limit: 10 });
    expect(
      rows.map(({ sku, description, components, archived: gone, revision }) => [sku, description.name, components, gone, revision]),
    ).toEqual([
      ['TEA-100', 'Green tea', [], false, 2],
      ['SET', 'SET', [{ sku: 'CUP', quantity: 2 }], false, 1],
      ['CUP', 'CUP', [], true, 2],
    ]);
    expect(
      await readVariants(reader, testAccount, { skus: [' tea-100 ', 'cup'], archived: false, productId: null }, { after: null, limit: 10 }),
    ).toMatchObject([{ sku: 'TEA-100' }]);
    expect(await readVariants(reader, testAccount, all, { after: rows[0] ?? null, limit: 10 })).toMatchObject([
      { sku: 'SET' },
      { sku: 'CUP' },
    ]);
  });

  it('shows what came back under its new spelling', async () => {
    await view.given([added('TEA-100'), archived('TEA-100'), added('Tea-100')]);
    expect(await readVariant(reader, testAccount, 'TEA-100')).toMatchObject({ sku: 'Tea-100', archived: false, revision: 3 });
    expect(await readVariant(reader, testAccount, 'tea-101')).toBeNull();
  });

  it('shows what groups it: a new title of the product is a change of all its variants', async () => {
    await view.given([
      product('Tea'),
      filed('TEA-50', 'leaf'),
      filed('TEA-100', 'LEAF'),
      added('CUP'),
      product('Green tea'),
      alternates('CUP', ['MUG']),
      supplied('CUP'),
      filed('TEA-50', null),
    ]);
    const rows = await readVariants(reader, testAccount, all, { after: null, limit: 10 });
    expect(rows.map(({ sku, product_title, alternates: others }) => [sku, product_title, others])).toEqual([
      ['TEA-100', 'Green tea', []],
      ['CUP', null, ['MUG']],
      ['TEA-50', null, []],
    ]);
    expect(await readVariants(reader, testAccount, { ...all, productId: 'Leaf' }, { after: null, limit: 10 })).toMatchObject([
      { sku: 'TEA-100' },
    ]);
    expect(await readProducts(reader, testAccount, { after: null, limit: 10 })).toMatchObject([
      { product_id: 'LEAF', title: 'Green tea', refs: {}, revision: 2 },
    ]);
  });

  it('shows an account nothing of another', async () => {
    await view.given([{ ...added('TEA-100'), meta: { accountId: otherAccount } }]);
    expect(await view.rowsOf('variants_v2')).toHaveLength(1);
    expect(await readVariant(reader, testAccount, 'TEA-100')).toBeNull();
  });
});

const otherAccount = '00000000-0000-4000-8000-000000000002';
const variantId = '00000000-0000-4000-8000-000000000001';
const now = '2026-01-10T12:00:00.000Z';
const nothing = { barcode: null, weightG: null, size: null, price: null, references: {} };
const filed = (sku: string, productId: string | null) =>
  written({
    type: 'VariantAdded',
    data: { variantId, sku, description: { ...nothing, name: sku, productId }, components: [], decidedAt: now },
  });
const alternates = (sku: string, others: readonly string[]) =>
  written({ type: 'VariantAlternatesNamed', data: { variantId, sku, alternates: others, decidedAt: now } });
const supplied = (sku: string) =>
  written({ type: 'VariantSupplied', data: { variantId, sku, source: { kind: 'sales-channel', id: 'a' }, decidedAt: now } });
const product = (title: string): WrittenDown => ({
  type: 'ProductDescribed',
  data: { productId: 'LEAF', title, references: {}, origin: { kind: 'stockproof' }, decidedAt: now },
  stream: `catalog.product-${testAccount}-leaf`,
});
/** As it was written before there were products and references. */
const description = (name: string) => ({ name, barcode: null, weightG: null, size: null, price: null });
const written = (event: VariantEvent): WrittenDown => ({ ...event, stream: `catalog.variant-${testAccount}-${skuKey(event.data.sku)}` });
const added = (sku: string, components: readonly { readonly sku: string; readonly quantity: number }[] = []) =>
  written({ type: 'VariantAdded', data: { variantId, sku, description: description(sku), components, decidedAt: now } });
const redescribed = (sku: string, name: string) =>
  written({ type: 'VariantRedescribed', data: { variantId, sku, description: description(name), decidedAt: now } });
const archived = (sku: string) => written({ type: 'VariantArchived', data: { variantId, sku, decidedAt: now } });
