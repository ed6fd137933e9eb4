import type { Component, SentDescription } from '@stockproof/catalog-domain';
import { csvRecords, type CsvRecord, type CsvRow, type FileFault, type FileRow, type ParsedFile } from '@stockproof/file-imports';
import { skuKey, type Sku } from '@stockproof/vocabulary';

/** What a row of a file of products says; an empty cell says nothing. */
export type ProductRow = {
  readonly sku: Sku;
  readonly product: string | null;
  readonly title: string | null;
  readonly sent: SentDescription;
  readonly components: readonly Component[] | null;
  /** A row before it has the same SKU. */
  readonly again: boolean;
};

const longest = { sku: 200, product: 200, title: 500, name: 300, barcode: 100 } as const;
const mostComponents = 100;

/** Rows in the order of the file, bundles after everything else, so that they find their components. */
export const parseProducts = (text: string): ParsedFile<ProductRow> => {
  const rows = csvRecords(text, ['sku']);
  if (typeof rows === 'string') return { outcome: 'unreadable', code: 'no-products', message: `This is no file of products: ${rows}` };
  const seen = new Set<string>();
  const read = rows.map((row) => rowOf(row, seen));
  const items = read.filter((each): each is FileRow<ProductRow> => 'item' in each);
  const isBundle = ({ item }: FileRow<ProductRow>) => item.components !== null;
  return {
    outcome: 'read',
    rows: [...items.filter((row) => !isBundle(row)), ...items.filter(isBundle)],
    faults: read.filter((each): each is FileFault => 'code' in each),
  };
};

/** Why a cell cannot be read. */
class Fault {
  constructor(
    readonly code: string,
    readonly message: string,
  ) {}
}

const rowOf = ({ row, record }: CsvRow, seen: Set<string>): FileRow<ProductRow> | FileFault => {
  const cells = cellsOf(record);
  const fault = Object.values(cells).find((cell): cell is Fault => cell instanceof Fault);
  if (fault !== undefined) return { row, code: fault.code, message: fault.message };
  const { sku, product, title, components, ...sent } = cells as WholeCells;
  const again = seen.has(skuKey(sku));
  seen.add(skuKey(sku));
  return { row, item: { sku, product, title, components, again, sent: sentBy(sent, product) } };
};

type Size = NonNullable<SentDescription['size']>;
type WholeCells = {
  readonly sku: string;
  readonly product: string | null;
  readonly title: string | null;
  readonly components: readonly Component[] | null;
  readonly name: string | null;
  readonly barcode: string | null;
  readonly weightG: number | null;
  readonly lengthMm: number | null;
  readonly widthMm: number | null;
  readonly heightMm: number | null;
  readonly price: SentDescription['price'];
  readonly references: Readonly<Record<string, string>> | null;
};
type Cells = { readonly [Name in keyof WholeCells]: WholeCells[Name] | Fault };

const said = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const sentBy = (cells: Omit<WholeCells, 'sku' | 'product' | 'title' | 'components'>, product: string | null): SentDescription => {
  const { lengthMm, widthMm, heightMm, ...fields } = cells;
  const size: Size = said({ lengthMm, widthMm, heightMm });
  return said({ ...fields, productId: product, size: Object.keys(size).length === 0 ? null : size });
};

const cellsOf = (record: CsvRecord): Cells => {
  const text = (column: keyof typeof longest): string | null | Fault => {
    const cell = (record[column] ?? '').trim();
    if (cell.length > longest[column]) return new Fault(column, `At most ${longest[column]} characters are taken`);
    return cell === '' ? null : cell;
  };
  const whole = (column: string, least: number, most: number): number | null | Fault => {
    const cell = (record[column] ?? '').trim();
    if (cell === '') return null;
    const fits = /^\d{1,9}$/.test(cell) && Number(cell) >= least && Number(cell) <= most;
    return fits ? Number(cell) : new Fault(column.replace('_', '-'), `A whole number from ${least} to ${most} is needed`);
  };
  return {
    sku: text('sku') ?? new Fault('sku', 'A SKU is needed'),
    ...{ product: text('product'), title: text('title'), name: text('name'), barcode: text('barcode') },
    weightG: whole('weight_g', 0, 100_000_000),
    ...{ lengthMm: whole('length_mm', 1, 100_000), widthMm: whole('width_mm', 1, 100_000), heightMm: whole('height_mm', 1, 100_000) },
    price: priceIn(record),
    components: componentsIn(record),
    references: referencesIn(record),
  };
};

const priceIn = (record: CsvRecord): SentDescription['price'] | Fault => {
  const [amount, currency] = [(record['price'] ?? '').trim(), (record['currency'] ?? '').trim()];
  if (amount === '') return null;
  if (!/^\d{1,12}(\.\d{1,4})?$/.test(amount)) return new Fault('price', 'A price is a decimal number with a point and no other signs');
  return /^[A-Z]{3}$/.test(currency) ? { amount, currency } : new Fault('currency', 'A price needs its currency, three capital letters');
};

/** `SKU*quantity`, with a bar between two. */
const componentsIn = (record: CsvRecord): readonly Component[] | null | Fault => {
  const cell = (record['components'] ?? '').trim();
  if (cell === '') return null;
  const parts = cell.split('|').map((part) => /^\s*(\S.{0,199}?)\s*\*\s*([1-9]\d{0,3})\s*$/.exec(part));
  const components = parts.flatMap((part) => (part === null ? [] : [{ sku: part[1] ?? '', quantity: Number(part[2]) }]));
  if (components.length < parts.length) return new Fault('components', 'Components are SKU*quantity, with | between two');
  return components.length > mostComponents ? new Fault('components', `At most ${mostComponents} components are taken`) : components;
};

/** One column `reference:<name>` for each. */
const referencesIn = (record: CsvRecord): Readonly<Record<string, string>> | null | Fault => {
  const named = Object.entries(record).flatMap(([column, cell]): readonly (readonly [string, string])[] =>
    column.startsWith('reference:') && cell.trim() !== '' ? [[column.slice('reference:'.length), cell.trim()]] : [],
  );
  if (named.some(([name, value]) => name === '' || name.length > 100 || value.length > 500))
    return new Fault('reference', 'A reference is too long');
  return named.length === 0 ? null : Object.fromEntries(named.slice(0, 50));
};
