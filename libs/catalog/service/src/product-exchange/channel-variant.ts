import { isDeepStrictEqual } from 'node:util';
import { priceOf, smallestUnits, type SentDescription } from '@stockproof/catalog-domain';
import type { ChannelProduct, ChannelVariant } from '@stockproof/channel-exchange';
import type { VariantRow } from '../views/variants/variants.query';

/** What a channel knows of a SKU: what it was told, and what it said. A field that is absent was never spoken of. */
export type ChannelFields = Partial<Omit<ChannelVariant, 'externalVariantId' | 'sku'>> & {
  readonly product?: string;
  readonly productTitle?: string;
  readonly dropped?: boolean;
};

/** A product with one variant may say the name of both in its title. */
const nameIn = ({ title, variants }: ChannelProduct, variant: ChannelVariant): string | undefined => {
  const said = variant.title ?? (variants.length === 1 ? title : '');
  return said.trim() === '' ? undefined : said;
};

/** What the channel has told us by sending this, so that it is never told the same. */
export const fieldsSent = (product: ChannelProduct, variant: ChannelVariant): ChannelFields => {
  const { externalVariantId: _, sku: __, ...fields } = variant;
  const title = nameIn(product, variant);
  return {
    ...fields,
    ...(title === undefined ? {} : { title }),
    ...(product.title === '' ? {} : { productTitle: product.title }),
    ...{ product: product.externalProductId, dropped: product.dropped },
  };
};

/** A side of nothing is no side. */
const side = (mm: number | null | undefined): number | null | undefined => (mm === 0 ? null : mm);

const withoutAbsent = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** What it sends in our words: absent stays absent. A price that cannot be read counts as not sent. */
export const sentIn = (product: ChannelProduct, variant: ChannelVariant): SentDescription => {
  const { barcode, weightG, lengthMm, widthMm, heightMm, price, references } = variant;
  const size = withoutAbsent({ lengthMm: side(lengthMm), widthMm: side(widthMm), heightMm: side(heightMm) });
  return withoutAbsent({
    ...{ name: nameIn(product, variant), productId: product.externalProductId },
    ...{ barcode, weightG, references },
    size: Object.keys(size).length === 0 ? undefined : size,
    price: price === null || price === undefined ? price : (priceOf(price) ?? undefined),
  });
};

/** A variant as a channel is told of it; `theirs` are the channel's own names. */
export const variantFor = (
  { variant_id, sku, description, components }: VariantRow,
  theirs: ReadonlyMap<string, string>,
): ChannelVariant & ChannelFields => {
  const { name, barcode, weightG, size, price, references } = description;
  const nameThere = (ours: string): string => theirs.get(ours) ?? ours;
  return {
    ...{ externalVariantId: variant_id, sku: nameThere(sku), title: name, barcode, weightG, references },
    ...{ lengthMm: size?.lengthMm ?? null, widthMm: size?.widthMm ?? null, heightMm: size?.heightMm ?? null },
    price: price && smallestUnits(price),
    ...(components.length === 0 ? {} : { components: components.map((part) => ({ sku: nameThere(part.sku), quantity: part.quantity })) }),
  };
};

/** Variant and product in one, as the channel will know them. */
export const fieldsTold = (row: VariantRow, { externalVariantId: _, sku: __, ...fields }: ChannelVariant): ChannelFields => ({
  ...fields,
  ...{ product: productIn(row), productTitle: titleIn(row), dropped: row.archived },
});

export const productIn = ({ description, variant_id }: VariantRow): string => description.productId ?? variant_id;
export const titleIn = ({ description, product_title }: VariantRow): string => product_title ?? description.name;

const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Whether the channel would learn something. What it never knew and what is gone is no news to it. */
export const isNews = (told: ChannelFields, known: ChannelFields | undefined): boolean => {
  if (known === undefined) return told.dropped !== true;
  if (told.dropped === true && known.dropped === true) return false;
  const before: Readonly<Record<string, unknown>> = known;
  return Object.entries(told).some(
    ([name, value]) => !(saysNothing(value) && saysNothing(before[name])) && !isDeepStrictEqual(value, before[name]),
  );
};
