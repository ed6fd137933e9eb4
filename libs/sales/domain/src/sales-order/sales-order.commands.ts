import type { Command, JsonObject } from '@stockproof/decider';
import type { Instant, WarehouseId } from '@stockproof/vocabulary';
import type {
  AllocationTerms,
  Candidate,
  CarrierService,
  MissingUnits,
  OrderHeader,
  OrderLine,
  Package,
  PromisedUnits,
  Sealed,
} from './sales-order.events';

type Of<Data extends JsonObject> = Data & { readonly orderId: string; readonly now: Instant };

export type CreateSalesOrder = Command<
  'CreateSalesOrder',
  Of<{
    number: string;
    channelId: string | null;
    channelOrderNumber: string | null;
    orderDate: Instant;
    lines: readonly OrderLine[];
    shipTo: Sealed | null;
    shipToCountry: string | null;
    warehouseId: WarehouseId | null;
    carrierService: string | null;
    header: OrderHeader;
    channelRound: number;
    status: 'draft' | 'approved';
    /** Where approval goes straight on to allocation, or to the hold. */
    terms: AllocationTerms | null;
    /** An approved order of such a channel waits on hold first. */
    hold: { readonly reason: string; readonly releaseAt: Instant } | null;
  }>
>;

/** Its channel says it anew; lines are numbered here. An older word than the last one changes nothing. */
export type ReviseSalesOrder = Command<
  'ReviseSalesOrder',
  Of<{
    orderDate: Instant;
    lines: readonly OrderLine[];
    shipTo: Sealed | null;
    shipToCountry: string | null;
    warehouseId: WarehouseId | null;
    carrierService: string | null;
    header: OrderHeader;
    channelRound: number;
    terms: AllocationTerms;
    /** Whether an approved order goes straight on to allocation. */
    automatic: boolean;
  }>
>;

export type ApproveSalesOrder = Command<'ApproveSalesOrder', Of<{ terms: AllocationTerms | null }>>;
export type UnlockSalesOrder = Command<'UnlockSalesOrder', Of<Record<never, never>>>;
export type CancelSalesOrder = Command<'CancelSalesOrder', Of<{ reason: string }>>;
/** Its cancel-after date has come: cancelled where that is possible, else it goes on. */
export type CancelOverdueOrder = Command<'CancelOverdueOrder', Of<Record<never, never>>>;
export type HoldSalesOrder = Command<'HoldSalesOrder', Of<{ reason: string; releaseAt: Instant | null; terms: AllocationTerms }>>;
/** `send`: what is held becomes allocated. `edit`: the order is a draft again. `byTimer`: only a hold whose time has come. */
export type ReleaseHold = Command<'ReleaseHold', Of<{ to: 'send' | 'edit'; terms: AllocationTerms; byTimer: boolean }>>;
export type AllocateSalesOrder = Command<'AllocateSalesOrder', Of<{ terms: AllocationTerms }>>;

export type RecordAllocated = Command<
  'RecordAllocated',
  Of<{
    attempt: number;
    units: readonly PromisedUnits[];
    missing: readonly MissingUnits[];
    /** Chosen for the order when it was served; `null`: the warehouse chooses. */
    carrierService: CarrierService | null;
    warnings: readonly string[];
  }>
>;
export type RecordNotAllocated = Command<
  'RecordNotAllocated',
  Of<{ attempt: number; missing: readonly MissingUnits[]; reasons: readonly string[] }>
>;
export type RecordHeld = Command<'RecordHeld', Of<{ attempt: number; units: readonly PromisedUnits[]; missing: readonly MissingUnits[] }>>;

type OfShipment<Data extends JsonObject> = Of<Data & { readonly shipmentId: string }>;

export type RecordShipmentAccepted = Command<
  'RecordShipmentAccepted',
  OfShipment<{ externalId: string | null; at: Instant; warnings: readonly string[] }>
>;
export type RecordExportFailed = Command<'RecordExportFailed', OfShipment<{ reason: string }>>;

/** What the warehouse says of a shipment. Quantities count all that has left so far; updates may come twice, late and in any order. */
export type RecordShipmentUpdate = Command<
  'RecordShipmentUpdate',
  OfShipment<{
    updateId: string;
    at: Instant;
    lines: readonly { readonly lineId: string; readonly sku: string; readonly shipped: number }[];
    packages: readonly Package[];
    /** What the warehouse itself says does not fit; a person looks at it. */
    conflicts: readonly { readonly sku: string; readonly message: string }[];
    /** The rest will never leave. */
    closedShort: boolean;
    /** Nothing will leave: agreed to a request, or on the warehouse's own account. */
    cancelled: boolean;
    /** By account setting: what a short close of this shipment leaves over is given up rather than open again. */
    giveUpRest: boolean;
  }>
>;
export type CancelShipment = Command<'CancelShipment', OfShipment<{ reason: string }>>;
/** `to` is a physical warehouse that the account may use. */
export type MoveShipment = Command<'MoveShipment', OfShipment<{ to: Candidate; reason: string }>>;
export type RecordCancelRefused = Command<'RecordCancelRefused', OfShipment<{ reason: string }>>;
/** A person says of each open shipment whether it left, or not. */
export type MarkAsShipped = Command<'MarkAsShipped', Of<{ reason: string; left: boolean }>>;

/** The shop has taken what it was to be told. */
export type RecordShopTold = Command<'RecordShopTold', Of<{ telling: number; externalId: string; warnings: readonly string[] }>>;
/** The shop will not take it: people see it. */
export type RecordShopRefused = Command<'RecordShopRefused', Of<{ telling: number; reason: string; warnings: readonly string[] }>>;
/** A person has looked at what went wrong. `again`: what failed is tried once more, where something can be tried. */
export type SettleException = Command<'SettleException', Of<{ exception: string; reason: string; again: boolean }>>;

export type SalesOrderCommand =
  | CreateSalesOrder
  | ReviseSalesOrder
  | CancelOverdueOrder
  | ApproveSalesOrder
  | UnlockSalesOrder
  | CancelSalesOrder
  | HoldSalesOrder
  | ReleaseHold
  | AllocateSalesOrder
  | RecordAllocated
  | RecordNotAllocated
  | RecordHeld
  | RecordShipmentAccepted
  | RecordExportFailed
  | RecordShipmentUpdate
  | CancelShipment
  | MoveShipment
  | RecordCancelRefused
  | MarkAsShipped
  | RecordShopTold
  | RecordShopRefused
  | SettleException;
