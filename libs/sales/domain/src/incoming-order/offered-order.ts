import type { Instant, Sku } from '@stockproof/vocabulary';

/** Where an order is to go, as a shop gives it: any part may be missing. */
export type OfferedAddress = {
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

export type OfferedLine = {
  readonly externalLineId: string;
  readonly sku: Sku;
  readonly title: string | null;
  readonly quantity: number;
  readonly requiresShipping: boolean;
  readonly unitPrice: number | null;
  readonly warehouseCode: string | null;
};

/** What the shop itself says of the order: only what is open there may be allocated. */
export type ShopState = 'open' | 'cancelled' | 'refunded' | 'unpaid' | 'failed' | 'fulfilled';

/** An order as it came in, mapped and not judged yet. It holds personal data, so it stands in events only sealed. */
export type OfferedOrder = {
  readonly orderNumber: string;
  readonly state: ShopState;
  readonly placedAt: Instant;
  readonly currency: string | null;
  readonly shipTo: OfferedAddress | null;
  readonly billTo: OfferedAddress | null;
  readonly carrierService: string | null;
  readonly warehouseCode: string | null;
  readonly requestedShipDate: Instant | null;
  readonly cancelAfter: Instant | null;
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly references: Readonly<Record<string, string>>;
  readonly lines: readonly OfferedLine[];
};
