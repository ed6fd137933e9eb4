import type { Component, Description } from '@stockproof/catalog-domain';
import {
  csvRecords,
  type CsvRecord,
  type CsvRow,
  type FileFault,
  type FileKind,
  type FileRow,
  type ImportedFor,
  type ParsedFile,
  type RowOutcome,
} from '@stockproof/file-imports';
import { problemOf } from '@stockproof/http-problems';
import { skuKey, type Clock } from '@stockproof/vocabulary';
import { variantStream, type VariantHandler } from '../catalog.streams';
import { addVariant } from './adding-variants';
import { variantProblems } from './variants.problems';

/** A row of a file of products: only what it says. */
export type ProductRow = { readonly sku: string; readonly said: Partial<Description>; readonly components: readonly Component[] };

export type ProductsFileOptions = { readonly variants: VariantHandler; readonly clock: Clock };

const cell = (text: string | undefined): string => (text ?? '').trim();
const isWhole = (text: string): boolean => /^\d{1,9}$/.test(text);

/** `SKU*2|SKU*1`; `null` for anything else. */
const componentsIn = (text: string): readonly Component[] | null => {
  const parts = text === '' ? [] : text.split('|').map((part) => /^(.+)\*(\d{1,5})$/.exec(part.trim()));
  return parts.some((part) => part === null)
    ? null
    : parts.flatMap((part) => (part === null ? [] : [{ sku: (part[1] ?? '').trim(), quantity: Number(part[2]) }]));
};

/** Every column that cannot be read, with why. */
const faultIn = (record: CsvRecord): string | null => {
  const sku = cell(record['sku']);
  if (sku === '' || sku.length > 200) return 'sku: 1 to 200 characters are needed';
  const size = ['weight_g', 'length_mm', 'width_mm', 'height_mm'].find(
    (column) => cell(record[column]) !== '' && !isWhole(cell(record[column])),
  );
  if (size !== undefined) return `${size}: a whole number is needed`;
  const price = cell(record['price']);
  if (price !== '' && !/^\d{1,12}(\.\d{1,4})?$/.test(price)) return 'price: an amount such as 3.90 is needed';
  if (price !== '' && !/^[A-Z]{3}$/.test(cell(record['currency']))) return 'currency: needed beside a price, three letters';
  return componentsIn(cell(record['components'])) === null ? 'components: SKU*quantity, separated by |' : null;
};

/** Empty cells say nothing: an import never blanks what it does not send. */
const saidIn = (record: CsvRecord): Partial<Description> => {
  const [name, barcode, weight, price] = ['name', 'barcode', 'weight_g', 'price'].map((column) => cell(record[column]));
  const size = ['length_mm', 'width_mm', 'height_mm'].map((column) => cell(record[column]));
  const [lengthMm = 0, widthMm = 0, heightMm = 0] = size.map(Number);
  return {
    ...(name ? { name } : {}),
    ...(barcode ? { barcode } : {}),
    ...(weight ? { weightG: Number(weight) } : {}),
    ...(size.every((each) => each !== '') ? { size: { lengthMm, widthMm, heightMm } } : {}),
    ...(price ? { price: { amount: price, currency: cell(record['currency']) } } : {}),
  };
};

const rowOf = ({ row, record }: CsvRow): FileRow<ProductRow> | FileFault => {
  const fault = faultIn(record);
  if (fault !== null) return { row, code: 'unreadable', message: fault };
  return { row, item: { sku: cell(record['sku']), said: saidIn(record), components: componentsIn(cell(record['components'])) ?? [] } };
};

/** Bundles come behind what they consist of; a SKU that stands in the file before is left out, the first wins. */
const parse = (text: string): ParsedFile<ProductRow> => {
  const rows = csvRecords(text, ['sku', 'name']);
  if (typeof rows === 'string') return { outcome: 'unreadable', code: 'no-products', message: `This is no file of products: ${rows}` };
  const read = rows.map(rowOf);
  const first = new Map<string, number>();
  const faults: FileFault[] = [];
  const sound: FileRow<ProductRow>[] = [];
  for (const each of read) {
    if ('code' in each) faults.push(each);
    else if (first.has(skuKey(each.item.sku)))
      faults.push({ row: each.row, code: 'sku-twice', message: `The SKU stands in row ${first.get(skuKey(each.item.sku))}` });
    else {
      first.set(skuKey(each.item.sku), each.row);
      sound.push(each);
    }
  }
  const isBundle = ({ item }: FileRow<ProductRow>) => item.components.length > 0;
  return { outcome: 'read', rows: [...sound.filter((each) => !isBundle(each)), ...sound.filter(isBundle)], faults };
};

/** Products from a CSV file: new SKUs are added, of known ones the fields that the file says are replaced. */
export const productsFile = (options: ProductsFileOptions): FileKind<ProductRow> => ({
  name: 'products',
  summary: 'Take products from a CSV file: sku, name, barcode, weight_g, length_mm, width_mm, height_mm, price, currency, components',
  mediaTypes: ['text/csv'],
  permission: 'catalog:write',
  options: {},
  atOnce: 50,
  parse,
  apply: async (rows, imported) => {
    // Bundles look up their components: those must have been added.
    const single = rows.filter(({ item }) => item.components.length === 0);
    const bundles = rows.filter(({ item }) => item.components.length > 0);
    const added = await Promise.all(single.map((row) => take(options, row, imported)));
    return [...added, ...(await Promise.all(bundles.map((row) => take(options, row, imported))))];
  },
});

const emptyDescription: Description = { name: '', barcode: null, weightG: null, size: null, price: null };

const take = async (
  { variants, clock }: ProductsFileOptions,
  { row, item }: FileRow<ProductRow>,
  { accountId, contextOf }: ImportedFor,
): Promise<RowOutcome> => {
  const { sku, said, components } = item;
  const stream = variantStream(accountId, sku);
  const isKnown = (await variants.loadLatest(stream)).state.status === 'sold';
  const handled = isKnown
    ? await variants.handle(stream, { type: 'ChangeVariant', data: { changes: said, now: clock.now() } }, contextOf(row, 'change'))
    : await addVariant(variants, { sku, description: { ...emptyDescription, name: sku, ...said }, components }, clock.now(), {
        ...contextOf(row, 'add'),
        accountId,
      });
  if (handled.outcome === 'accepted')
    return handled.events.length === 0
      ? { row, outcome: 'skipped', code: 'unchanged', message: 'It is known, as the file says' }
      : { row, outcome: 'taken', code: null, message: null };
  if (handled.rejection.type === 'ConcurrentModification') throw new Error(`The variant in row ${row} lost every race`);
  const { code, detail, errors = [] } = problemOf(handled.rejection, variantProblems);
  return { row, outcome: 'refused', code, message: detail ?? errors.map(({ message }) => message).join('; ') };
};
