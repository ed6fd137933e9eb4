import type { Instant, Sku } from '@stockproof/vocabulary';

/** Where a shipment goes. Personal data: it is handed to the warehouse and to nobody else. */
export type ShipTo = {
  readonly name: string;
  readonly company: string | null;
  readonly street: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  readonly region: string | null;
  readonly countryCode: string;
  readonly phone: string | null;
  readonly email: string | null;
};

/** Lines are numbered afresh per shipment and name components, never bundles. */
export type OutboundShipmentLine = { readonly lineNumber: number; readonly sku: Sku; readonly quantity: number };

/** One shipment as a warehouse is told of it. `carrierService` null: the warehouse chooses. */
export type OutboundShipment = {
  readonly shipmentId: string;
  readonly orderNumber: string;
  readonly orderedAt: Instant;
  readonly shipTo: ShipTo;
  readonly carrierService: { readonly carrierCode: string; readonly serviceCode: string } | null;
  readonly requestedShipDate: Instant | null;
  readonly note: string | null;
  readonly lines: readonly OutboundShipmentLine[];
};
