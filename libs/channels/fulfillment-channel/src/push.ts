import type { WarehouseReceipt } from './purchase-order';
import type { ShipmentUpdate } from './shipment-update';
import type { StockLevelReport } from './stock-level-report';

/** One thing that a warehouse tells us unasked. */
export type PushedFact =
  | { readonly kind: 'shipment-update'; readonly update: ShipmentUpdate }
  | { readonly kind: 'receipt'; readonly receipt: WarehouseReceipt }
  | { readonly kind: 'stock-levels'; readonly report: StockLevelReport };

export type PushHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * `untrusted`: signature missing, wrong or too old – answer 401 and keep nothing. `unreadable`: the sender is known, but what
 * it says cannot be read – keep it and show it. `pushId` is the sender's name of this push, the same when it is repeated.
 */
export type ParsedPush =
  | { readonly outcome: 'verified'; readonly pushId: string; readonly facts: readonly PushedFact[] }
  | { readonly outcome: 'untrusted'; readonly reason: string }
  | { readonly outcome: 'unreadable'; readonly pushId: string; readonly reason: string };
