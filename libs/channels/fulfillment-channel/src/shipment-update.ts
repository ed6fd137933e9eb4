import type { Instant, Sku } from '@stockproof/vocabulary';
import type { ShipTo } from './outbound-shipment';

/** What has left on a line since the beginning, not since the last update: a repeat or a late update then changes nothing. */
export type ShippedLine = {
  /** Null: an item that the warehouse added and that we never asked for. */
  readonly lineNumber: number | null;
  readonly sku: Sku;
  readonly shippedQuantity: number;
};

/** What lies in a package, with what the law wants remembered about it. */
export type PackageContent = {
  readonly lineNumber: number | null;
  readonly sku: Sku;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serials: readonly string[];
};

/** `packageId` is unique within the shipment; carrier and service are what was really used. */
export type ShippedPackage = {
  readonly packageId: string;
  readonly trackingNumber: string | null;
  readonly carrierCode: string | null;
  readonly serviceCode: string | null;
  readonly weightG: number | null;
  readonly lengthMm: number | null;
  readonly widthMm: number | null;
  readonly heightMm: number | null;
  readonly contents: readonly PackageContent[];
};

/** A disagreement that the warehouse itself names; a person settles it, the rest of the update applies. */
export type ShipmentConflict = { readonly lineNumber: number | null; readonly sku: Sku | null; readonly message: string };

/**
 * `more-expected`: part left, the rest follows. `complete`: all that will ever leave has left, and it is what was asked for.
 * `closed-short`: all that will ever leave has left, and it is less.
 */
export type Completion = 'more-expected' | 'complete' | 'closed-short';

/** What the warehouse says happened to a shipment. */
export type ShipmentChange =
  | {
      readonly kind: 'shipped';
      readonly completion: Completion;
      readonly lines: readonly ShippedLine[];
      /** All packages known by now, also those of earlier updates. */
      readonly packages: readonly ShippedPackage[];
      readonly conflicts: readonly ShipmentConflict[];
      readonly correctedShipTo: Partial<ShipTo> | null;
    }
  | { readonly kind: 'cancelled'; readonly reason: string }
  | { readonly kind: 'cancellation-refused'; readonly reason: string };

/** One update of one shipment. It may arrive twice, late and in any order; the same `updateId` is the same update. */
export type ShipmentUpdate = {
  readonly updateId: string;
  readonly shipmentId: string;
  readonly externalShipmentId: string;
  readonly happenedAt: Instant;
  readonly change: ShipmentChange;
};
