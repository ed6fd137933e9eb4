import type { WarehouseReceipt } from './purchase-order';
import type { ShipmentUpdate } from './shipment-update';
import type { StockLevelReport } from './stock-level-report';

/** One thing that a warehouse tells us unasked. */
export type WarehouseFact =
  | { readonly kind: 'shipment-update'; readonly update: ShipmentUpdate }
  | { readonly kind: 'receipt'; readonly receipt: WarehouseReceipt }
  | { readonly kind: 'stock-levels'; readonly report: StockLevelReport };
