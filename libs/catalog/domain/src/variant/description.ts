import type { Description, DescriptionAsWritten, Price, Size } from './variant.events';

type References = Description['references'];

/** A description with what was not yet known of variants when it was written. */
export const wholeDescription = (written: DescriptionAsWritten): Description => ({ productId: null, references: {}, ...written });

export const sameDescription = (one: Description, other: Description): boolean =>
  one.name === other.name &&
  one.barcode === other.barcode &&
  one.weightG === other.weightG &&
  one.productId === other.productId &&
  sameSize(one.size, other.size) &&
  samePrice(one.price, other.price) &&
  sameReferences(one.references, other.references);

const sameSize = (one: Size | null, other: Size | null): boolean =>
  one?.lengthMm === other?.lengthMm && one?.widthMm === other?.widthMm && one?.heightMm === other?.heightMm;

const samePrice = (one: Price | null, other: Price | null): boolean => one?.amount === other?.amount && one?.currency === other?.currency;

/** Whether they name the same, in whatever order. */
export const sameReferences = (one: References, other: References): boolean => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

/** What a source sends of a variant: an absent field was not sent and leaves what is known. */
export type SentDescription = Partial<Omit<Description, 'size'>> & {
  readonly size?: { readonly [Side in keyof Size]?: number | null };
};

/** What is known once this was sent. A size is taken when all three sides are known, and emptied when all three were sent empty. */
export const afterSent = (known: Description, { size, ...sent }: SentDescription): Description => ({
  ...known,
  ...sent,
  size: size === undefined ? known.size : sizeAfter(known.size, size),
});

const sizeAfter = (known: Size | null, sent: NonNullable<SentDescription['size']>): Size | null => {
  const { lengthMm, widthMm, heightMm } = { lengthMm: null, widthMm: null, heightMm: null, ...known, ...sent };
  if (lengthMm !== null && widthMm !== null && heightMm !== null) return { lengthMm, widthMm, heightMm };
  return lengthMm === null && widthMm === null && heightMm === null ? null : known;
};
