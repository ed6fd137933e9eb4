import type { Instant, Sku } from '@stockproof/vocabulary';

/** What has been shipped of an original order line since the beginning, bundles folded back. */
export type ToldLine = { readonly externalLineId: string; readonly sku: Sku; readonly shippedQuantity: number };

/** A package on its way to the customer; ids make telling it twice harmless. */
export type ToldPackage = {
  readonly shipmentId: string;
  readonly packageId: string;
  readonly trackingNumber: string | null;
  readonly carrierCode: string | null;
  readonly serviceCode: string | null;
  readonly contents: readonly { readonly externalLineId: string; readonly quantity: number }[];
};

/** What a shop is told of one of its orders: quantities are totals, packages are those that it has not been told of. */
export type OrderUpdate = {
  readonly orderNumber: string;
  readonly status: 'fulfilling' | 'partially-fulfilled' | 'shipped' | 'cancelled';
  readonly happenedAt: Instant;
  readonly lines: readonly ToldLine[];
  readonly packages: readonly ToldPackage[];
};
