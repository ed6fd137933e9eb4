import type { JournalEntry } from './journal';

export type Component = { readonly sku: string; readonly quantity: number };

/** One order as the demonstration's own files have it, with what was mended by hand. */
export type TrueOrder = {
  readonly shop: string;
  readonly number: string;
  readonly placedAt: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** `order`: it must be an order. Otherwise it must not be one, and wait or be recorded with this code among its reasons. */
  readonly becomes: 'order' | { readonly state: string; readonly code: string };
};

/** What the demonstration knows by itself: its files, what it did by hand, and the journal of the simulator. Nothing of it was asked of the product. */
export type Truth = {
  /** Units imported from the file, per SKU and warehouse code. */
  readonly imported: readonly { readonly sku: string; readonly warehouse: string; readonly quantity: number }[];
  readonly virtual: { readonly code: string; readonly members: readonly string[] };
  readonly bundles: ReadonlyMap<string, readonly Component[]>;
  readonly orders: readonly TrueOrder[];
  readonly scarce: readonly string[];
  readonly purchaseOrders: readonly { readonly number: string; readonly lines: readonly Component[] }[];
  /** Shops to which the virtual warehouse's stock is published. */
  readonly publishedTo: readonly string[];
  /** What a shop calls a SKU where it has a name of its own for it. */
  readonly nameIn: (shop: string, sku: string) => string;
  /** Where products come from, and what was changed there and by hand. */
  readonly products: {
    readonly source: string;
    readonly others: readonly string[];
    readonly changed: readonly { readonly sku: string; readonly name: string }[];
  };
  /** Names of places in the journal: `warehouses/<tag>-NORTH` for `NORTH`. */
  readonly placeOf: (kind: 'warehouses' | 'shops', code: string) => string;
  readonly journal: readonly JournalEntry[];
};
