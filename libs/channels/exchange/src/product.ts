import type { Sku } from '@stockproof/vocabulary';

/** A field that is absent was not sent and leaves what is known; a field that is null was sent empty. */
export type ChannelVariant = {
  readonly externalVariantId: string;
  readonly sku: Sku;
  readonly title?: string | null;
  readonly barcode?: string | null;
  readonly weightG?: number | null;
  readonly lengthMm?: number | null;
  readonly widthMm?: number | null;
  readonly heightMm?: number | null;
  /** In the smallest unit of the currency. */
  readonly price?: { readonly amount: number; readonly currency: string } | null;
  /** Present on a bundle: what one of it is made of. */
  readonly components?: readonly { readonly sku: Sku; readonly quantity: number }[];
  readonly references?: Readonly<Record<string, string>>;
};

/** A product as a channel knows it or is told of it. `dropped`: the channel says that it is gone. */
export type ChannelProduct = {
  readonly externalProductId: string;
  readonly title: string;
  readonly dropped: boolean;
  readonly variants: readonly ChannelVariant[];
};
