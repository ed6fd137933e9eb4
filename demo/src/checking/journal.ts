/** What the simulator wrote down: one entry for each thing that really happened. `place` is `warehouses/<code>` or `shops/<code>`. */
export type JournalEntry = { readonly seq: number; readonly place: string; readonly kind: string };

export type JournalLine = { readonly lineNumber: number; readonly sku: string; readonly quantity: number };

export type ShipmentTaken = JournalEntry & {
  readonly kind: 'shipment-taken';
  readonly shipmentId: string;
  readonly orderNumber: string;
  readonly lines: readonly JournalLine[];
};
/** `lines` says what left this time. */
export type ShipmentLeft = JournalEntry & {
  readonly kind: 'shipment-left';
  readonly shipmentId: string;
  readonly orderNumber: string;
  readonly lines: readonly JournalLine[];
  readonly completion: 'more-expected' | 'complete' | 'closed-short';
};
export type GoodsReceived = JournalEntry & {
  readonly kind: 'goods-received';
  readonly purchaseOrderNumber: string | null;
  readonly lines: readonly JournalLine[];
};
export type OrderTold = JournalEntry & {
  readonly kind: 'order-told';
  readonly orderNumber: string;
  readonly update: {
    readonly status: string;
    readonly lines: readonly { readonly sku: string; readonly shippedQuantity: number }[];
    readonly packages: readonly { readonly shipmentId: string; readonly packageId: string }[];
  };
};
export type StockTold = JournalEntry & {
  readonly kind: 'stock-told';
  readonly stock: {
    readonly mode: 'full' | 'changes';
    readonly rows: readonly { readonly sku: string; readonly warehouseCode: string | null; readonly quantity: number }[];
  };
};
export type ProductsTold = JournalEntry & {
  readonly kind: 'products-told';
  readonly products: readonly { readonly variants: readonly { readonly sku: string; readonly title?: string | null }[] }[];
};

type Known = ShipmentTaken | ShipmentLeft | GoodsReceived | OrderTold | StockTold | ProductsTold;

/** The entries of one kind, in the order in which they happened. */
export const entriesOf = <Kind extends Known['kind']>(
  journal: readonly JournalEntry[],
  kind: Kind,
): readonly Extract<Known, { readonly kind: Kind }>[] =>
  journal.filter((entry): entry is Extract<Known, { readonly kind: Kind }> => entry.kind === kind);
