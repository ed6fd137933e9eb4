import type { Event, JsonObject } from '@stockproof/decider';
import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';
import type { CarrierService, Package, PackageContent } from './package';

/** Encrypted personal data, as it stands in events. */
export type Sealed = { readonly subjectId: string; readonly sealed: string };

/** What was ordered. Lines keep their numbers for ever; a bundle names what one of it consists of. */
export type OrderLine = {
  readonly lineId: string;
  readonly sku: Sku;
  readonly quantity: number;
  /** False for what is never shipped: a service, a download. */
  readonly needsShipping: boolean;
  readonly components: readonly { readonly sku: Sku; readonly quantity: number }[];
  /** The physical or virtual warehouse that this line must come from. */
  readonly warehouseId: WarehouseId | null;
  /** The shop's own name of the line: what has left is told under it. */
  readonly externalLineId: string | null;
  readonly title: string | null;
};

/** What an order says beside its lines and where it goes. The note may name a person, so it is sealed. */
export type OrderHeader = {
  readonly references: { readonly [name: string]: string };
  readonly tags: readonly string[];
  readonly note: Sealed | null;
  readonly requestedShipDate: Instant | null;
  /** Cancelled by itself then, unless something of it is on its way. */
  readonly cancelAfter: Instant | null;
};

export type Candidate = { readonly warehouseId: WarehouseId; readonly code: string; readonly priority: number; readonly checked: boolean };

export type AllocationSettings = {
  readonly allowSplitting: boolean;
  readonly maximumShipments: number | null;
  readonly allowLineSplit: boolean;
  readonly partial: boolean;
  /** Only where it is on. */
  readonly strictOrder?: true;
};

/** From where and how an order may be served, as the account had it when it asked. */
export type AllocationTerms = {
  readonly candidates: readonly Candidate[];
  /** Of each line that names a warehouse: the physical ones it may come from. */
  readonly candidatesOfLine: { readonly [lineId: string]: readonly WarehouseId[] };
  readonly settings: AllocationSettings;
};

/** What stock is asked for. `lineId` of a component is `<line>.<number>`. */
export type Wanted = {
  readonly kind: 'allocate' | 'hold' | 'move';
  readonly orderNumber: string;
  readonly orderDate: Instant;
  readonly arrivedAt: Instant;
  readonly lines: readonly {
    readonly lineId: string;
    readonly sku: Sku;
    readonly quantity: number;
    readonly candidates?: readonly WarehouseId[];
  }[];
  readonly candidates: readonly Candidate[];
  readonly settings: AllocationSettings;
  readonly holdAttempt: number | null;
  /** Of a move: the shipment that keeps its units until all of them are promised elsewhere. */
  readonly moves?: { readonly shipmentId: string };
};

/** Units that stock has promised to a shipment. */
export type PromisedUnits = {
  readonly allocationId: string;
  readonly shipmentId: string;
  readonly lineId: string;
  readonly sku: Sku;
  readonly warehouseId: WarehouseId;
  readonly quantity: number;
};

export type MissingUnits = { readonly lineId: string; readonly sku: Sku; readonly quantity: number };

export type { CarrierService, Package, PackageContent };

type Of<Data extends JsonObject> = Data & { readonly orderId: string; readonly decidedAt: Instant };
type OfShipment<Data extends JsonObject> = Of<Data & { readonly shipmentId: string; readonly warehouseId: WarehouseId }>;

export type SalesOrderCreated = Event<
  'SalesOrderCreated',
  Of<{
    number: string;
    channelId: string | null;
    channelOrderNumber: string | null;
    orderDate: Instant;
    arrivedAt: Instant;
    lines: readonly OrderLine[];
    shipTo: Sealed | null;
    /** Country and postal code decide nothing about a person and help everybody else. */
    shipToCountry: string | null;
    warehouseId: WarehouseId | null;
    carrierService: string | null;
    header: OrderHeader;
    /** Which word of its channel it follows; 0: none. */
    channelRound: number;
    status: 'draft' | 'approved';
  }>
>;

/** Its channel said it differently. Lines that it had before keep their numbers. */
export type SalesOrderRevised = Event<
  'SalesOrderRevised',
  Of<{
    orderDate: Instant;
    lines: readonly OrderLine[];
    shipTo: Sealed | null;
    shipToCountry: string | null;
    warehouseId: WarehouseId | null;
    carrierService: string | null;
    header: OrderHeader;
    channelRound: number;
  }>
>;

export type SalesOrderApproved = Event<'SalesOrderApproved', Of<Record<never, never>>>;
export type SalesOrderUnlocked = Event<'SalesOrderUnlocked', Of<Record<never, never>>>;
export type SalesOrderCancelled = Event<'SalesOrderCancelled', Of<{ reason: string }>>;

/** Stock is to be kept for it; `releaseAt`: then it is sent by itself. */
export type SalesOrderPutOnHold = Event<'SalesOrderPutOnHold', Of<{ reason: string; releaseAt: Instant | null }>>;
export type SalesOrderHoldReleased = Event<'SalesOrderHoldReleased', Of<{ to: 'send' | 'edit' }>>;

/** Stock is asked; it answers by attempt. */
export type AllocationAsked = Event<'AllocationAsked', Of<{ attempt: number; wanted: Wanted }>>;
/** What was asked, or promised to this attempt, is no longer wanted. */
/** `moves`: it was only to move a shipment; what the order waits for stays asked. */
export type AllocationTakenBack = Event<'AllocationTakenBack', Of<{ attempt: number; moves?: true }>>;
/** Tried and not enough: the order waits in stock for what is missing. */
export type SalesOrderBackordered = Event<
  'SalesOrderBackordered',
  Of<{ attempt: number; missing: readonly MissingUnits[]; reasons: readonly string[] }>
>;
/** Stock keeps these units for the order. */
export type StockHeldForOrder = Event<
  'StockHeldForOrder',
  Of<{ attempt: number; units: readonly PromisedUnits[]; missing: readonly MissingUnits[] }>
>;

/** One per warehouse: what leaves together. */
export type ShipmentCreated = Event<
  'ShipmentCreated',
  OfShipment<{
    attempt: number;
    units: readonly PromisedUnits[];
    carrierService: CarrierService | null;
    warnings: readonly string[];
    /** The shipment that was moved, and whose place it takes. */
    replaces?: string;
  }>
>;
export type ShipmentAcceptedByWarehouse = Event<
  'ShipmentAcceptedByWarehouse',
  OfShipment<{
    externalId: string | null;
    at: Instant;
    units: readonly { readonly allocationId: string; readonly sku: Sku }[];
    warnings: readonly string[];
  }>
>;
/** The warehouse did not take it; nothing else has changed. */
export type ShipmentExportFailed = Event<'ShipmentExportFailed', OfShipment<{ reason: string }>>;

export type ShippedUnits = { readonly allocationId: string; readonly sku: Sku; readonly lineId: string; readonly shipped: number };

/** Units left; more are expected unless the shipment is complete. `shipped` counts all so far. */
export type ShipmentUnitsLeft = Event<
  'ShipmentUnitsLeft',
  OfShipment<{
    updateId: string;
    at: Instant;
    units: readonly ShippedUnits[];
    packages: readonly Package[];
    complete: boolean;
    /** Of units that are known to have left, so many had by `at`: an older update came after a younger one. */
    earlier?: readonly ShippedUnits[];
  }>
>;
/** The warehouse, or a person, says that the rest will never leave. */
export type ShipmentClosedShort = Event<
  'ShipmentClosedShort',
  OfShipment<{
    at: Instant;
    by: 'warehouse' | 'person';
    units: readonly { readonly allocationId: string; readonly sku: Sku }[];
    status: 'shipped' | 'cancelled';
  }>
>;
export type ShipmentCancelRequested = Event<'ShipmentCancelRequested', OfShipment<{ reason: string }>>;
export type ShipmentCancelRefused = Event<
  'ShipmentCancelRefused',
  OfShipment<{ reason: string; status: 'short-shipped' | 'sent-to-warehouse' }>
>;
export type ShipmentCancelled = Event<
  'ShipmentCancelled',
  OfShipment<{
    at: Instant;
    units: readonly { readonly allocationId: string; readonly sku: Sku }[];
    /** Another shipment, from another warehouse, has taken its place. */
    moved?: { readonly toShipmentId: string; readonly toWarehouseId: WarehouseId };
  }>
>;

/** A person wants it to leave from another warehouse; stock is asked to promise the same units there. */
export type ShipmentMoveAsked = Event<
  'ShipmentMoveAsked',
  OfShipment<{ attempt: number; toWarehouseId: WarehouseId; reason: string; wanted: Wanted }>
>;
/** The units are promised there too; the warehouse that knows of the shipment has yet to give it back. */
export type ShipmentMovePromised = Event<'ShipmentMovePromised', OfShipment<{ attempt: number; units: readonly PromisedUnits[] }>>;
export type MoveRefusedBecause = 'not-enough-stock' | 'warehouse-refused' | 'units-left' | 'cancelled';
/** It stays where it is. */
export type ShipmentMoveRefused = Event<
  'ShipmentMoveRefused',
  OfShipment<{ attempt: number; toWarehouseId: WarehouseId; because: MoveRefusedBecause; missing: readonly MissingUnits[] }>
>;
export type ConflictProblem = 'more-than-promised' | 'unknown-line' | 'left-after-end' | 'taken-on-after-end' | 'named-by-warehouse';

/** The warehouse said what cannot be: a larger quantity, an unknown line, units of a shipment that had ended. A person looks at it. */
export type ShipmentConflictFound = Event<
  'ShipmentConflictFound',
  OfShipment<{
    updateId: string;
    at: Instant;
    problem: ConflictProblem;
    sku: Sku;
    /** In the words of the warehouse, where it has any. */
    message: string | null;
    units: readonly ShippedUnits[];
  }>
>;
/** What is still open of these lines is not wanted any more. */
export type OrderLinesClosed = Event<
  'OrderLinesClosed',
  Of<{ lines: readonly { readonly lineId: string; readonly quantity: number }[]; reason: string }>
>;

/** What a shop is to be told, fixed before it is told: however often it is asked, it hears the same under the same number. */
export type ShopUpdate = {
  readonly status: 'fulfilling' | 'partially-fulfilled' | 'shipped' | 'cancelled';
  /** All that has left so far, bundles folded back into what was ordered. */
  readonly lines: readonly { readonly lineId: string; readonly externalLineId: string; readonly sku: Sku; readonly shipped: number }[];
  /** Parcels that the shop has not taken yet. */
  readonly packages: readonly (Pick<Package, 'packageId' | 'tracking' | 'carrier' | 'service'> & {
    readonly shipmentId: string;
    readonly contents: readonly { readonly externalLineId: string; readonly quantity: number }[];
  })[];
};
export type ShopUpdateDue = Event<'ShopUpdateDue', Of<{ channelId: string; orderNumber: string; telling: number; update: ShopUpdate }>>;
export type ShopTold = Event<'ShopTold', Of<{ channelId: string; telling: number; externalId: string; warnings: readonly string[] }>>;
export type ShopRefused = Event<'ShopRefused', Of<{ channelId: string; telling: number; reason: string; warnings: readonly string[] }>>;
export type ExceptionSettled = Event<
  'ExceptionSettled',
  Of<{
    exception: string;
    reason: string;
    again: boolean;
    /** The shipment that it is about. */
    shipment: { readonly shipmentId: string; readonly warehouseId: WarehouseId } | null;
  }>
>;

export type SalesOrderEvent =
  | SalesOrderCreated
  | SalesOrderRevised
  | SalesOrderApproved
  | SalesOrderUnlocked
  | SalesOrderCancelled
  | SalesOrderPutOnHold
  | SalesOrderHoldReleased
  | AllocationAsked
  | AllocationTakenBack
  | SalesOrderBackordered
  | StockHeldForOrder
  | ShipmentCreated
  | ShipmentAcceptedByWarehouse
  | ShipmentExportFailed
  | ShipmentUnitsLeft
  | ShipmentClosedShort
  | ShipmentCancelRequested
  | ShipmentCancelRefused
  | ShipmentCancelled
  | ShipmentMoveAsked
  | ShipmentMovePromised
  | ShipmentMoveRefused
  | ShipmentConflictFound
  | OrderLinesClosed
  | ShopUpdateDue
  | ShopTold
  | ShopRefused
  | ExceptionSettled;
