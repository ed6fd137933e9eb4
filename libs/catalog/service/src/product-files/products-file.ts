import { here } from '@stockproof/catalog-domain';
import type { FileKind, FileRow, ImportedFor, RowOutcome } from '@stockproof/file-imports';
import { problemOf } from '@stockproof/http-problems';
import type { Clock } from '@stockproof/vocabulary';
import { productStream, type CatalogStreams } from '../catalog.streams';
import { supplyVariant } from '../variants/adding-variants';
import { variantProblems } from '../variants/variants.problems';
import { parseProducts, type ProductRow } from './product-rows';

type Taking = { readonly streams: CatalogStreams; readonly clock: Clock };

/** Products from a CSV file: what a row says is taken over, what it leaves empty stays. */
export const productsFile = (taking: Taking): FileKind<ProductRow> => ({
  name: 'products',
  summary:
    'Take products from a CSV file: sku, and where known product, title, name, barcode, weight_g, length_mm, width_mm, height_mm, price, currency, components (SKU*quantity|SKU*quantity), reference:<name>',
  mediaTypes: ['text/csv'],
  permission: 'catalog:write',
  options: {},
  atOnce: 200,
  parse: parseProducts,
  apply: async (rows, imported) => {
    const outcomes: RowOutcome[] = [];
    for (const row of rows) outcomes.push(await takeRow(taking, row, imported));
    return outcomes;
  },
});

const takeRow = async (taking: Taking, { row, item }: FileRow<ProductRow>, imported: ImportedFor): Promise<RowOutcome> => {
  if (item.again) return { row, outcome: 'skipped', code: 'sku-twice', message: 'The SKU stood in this file before: the first wins' };
  const { streams, clock } = taking;
  const context = { ...imported.contextOf(row, 'variant'), accountId: imported.accountId };
  await describeProduct(taking, { row, item }, imported);
  const { sku, sent, components } = item;
  const handled = await supplyVariant(streams, { sku, sent, components, source: here }, clock.now(), context);
  if (handled.outcome === 'rejected') {
    if (handled.rejection.type === 'ConcurrentModification') throw new Error(`${sku} lost every race`);
    const { code, title, detail, errors = [] } = problemOf(handled.rejection, variantProblems);
    return { row, outcome: 'refused', code, message: errors.map(({ message }) => message).join('; ') || detail || title };
  }
  if (handled.events.length === 0) return { row, outcome: 'skipped', code: 'unchanged', message: 'It is known like this already' };
  return { row, outcome: 'taken', code: null, message: null };
};

/** A product is known before anything is a variant of it. */
const describeProduct = async ({ streams, clock }: Taking, { row, item }: FileRow<ProductRow>, imported: ImportedFor): Promise<void> => {
  if (item.product === null) return;
  const command = {
    type: 'DescribeProduct',
    data: { productId: item.product, changes: item.title === null ? {} : { title: item.title }, origin: here, now: clock.now() },
  } as const;
  const stream = productStream(imported.accountId, item.product);
  const handled = await streams.products.handle(stream, command, imported.contextOf(row, 'product'));
  if (handled.outcome === 'rejected') throw new Error(`product ${item.product}: ${handled.rejection.type}`);
};
