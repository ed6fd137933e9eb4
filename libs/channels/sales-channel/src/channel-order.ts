import type { Json } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';

/** A postal address as a shop gives it: any part may be missing, and only the account's rules say whether that is a problem. */
export type ChannelAddress = {
  readonly name: string | null;
  readonly company: string | null;
  readonly street: readonly string[];
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly countryCode: string | null;
  readonly phone: string | null;
  readonly email: string | null;
};

/** The SKU is the shop's; it may be empty or unknown here, which is for validation to say. */
export type ChannelOrderLine = {
  /** The shop's name of the line; what goes back is told under it. */
  readonly externalLineId: string;
  readonly sku: Sku;
  readonly title: string | null;
  readonly quantity: number;
  /** False: a service or a voucher, never shipped. */
  readonly requiresShipping: boolean;
  /** In the smallest unit of the order's currency. */
  readonly unitPrice: number | null;
  /** The code of the warehouse that the shop wants this line from. */
  readonly warehouseCode: string | null;
};

/** What the shop itself says of the order. Only `open` may be allocated; the rest is recorded with its reason. */
export type ShopState = 'open' | 'cancelled' | 'refunded' | 'unpaid' | 'failed' | 'fulfilled';

/** An order as a shop gives it, mapped but not judged: no lines, empty SKUs and quantities of 0 come through. */
export type ChannelOrder = {
  /** With account and channel the natural key: the same number is the same order. */
  readonly orderNumber: string;
  readonly state: ShopState;
  readonly placedAt: Instant;
  readonly currency: string | null;
  readonly shipTo: ChannelAddress | null;
  readonly billTo: ChannelAddress | null;
  /** The shop's code of the carrier service, unmapped. */
  readonly carrierService: string | null;
  readonly warehouseCode: string | null;
  readonly requestedShipDate: Instant | null;
  readonly cancelAfter: Instant | null;
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly references: Readonly<Record<string, string>>;
  readonly lines: readonly ChannelOrderLine[];
};

/** An order beside what was received, so that the original can be kept first. `original` holds personal data. */
export type ReceivedOrder = { readonly original: Json; readonly order: ChannelOrder };
