/** What the product says, by the codes and numbers that people know: nothing here is taken for true. */
export type Said = {
  readonly levels: readonly SaidLevel[];
  readonly orders: readonly SaidOrder[];
  readonly incoming: readonly SaidIncoming[];
  readonly purchaseOrders: readonly SaidPurchaseOrder[];
};

export type Quantities = {
  readonly total: number;
  readonly unsellable: number;
  readonly allocated: number;
  readonly held: number;
  readonly incoming: number;
  readonly available: number;
};

export type SaidLevel = Quantities & { readonly sku: string; readonly warehouse: string; readonly kind: 'physical' | 'virtual' };

export type SaidLine = {
  readonly sku: string;
  readonly shipped: number;
  readonly allocated: number;
  readonly backordered: number;
  readonly cancelled: number;
  readonly open: number;
};

export type SaidShipment = { readonly shipmentId: string; readonly warehouse: string; readonly status: string; readonly failed: boolean };

export type SaidOrder = {
  readonly shop: string;
  readonly number: string;
  readonly orderDate: string;
  readonly status: string;
  readonly backordered: boolean;
  readonly lines: readonly SaidLine[];
  readonly shipments: readonly SaidShipment[];
};

/** `codes`: what stands in its way, or why it was only recorded. */
export type SaidIncoming = { readonly shop: string; readonly number: string; readonly state: string; readonly codes: readonly string[] };

export type SaidPurchaseOrder = {
  readonly number: string;
  readonly status: string;
  readonly lines: readonly { readonly sku: string; readonly ordered: number; readonly received: number }[];
};
