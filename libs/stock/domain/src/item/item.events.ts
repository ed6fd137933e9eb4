import type { Event } from '@stockproof/decider';
import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';
import type { StockChange } from './quantities';

/** Which try of which order: a grant belongs to exactly one. */
export type AttemptRef = { readonly orderId: string; readonly attempt: number };

/** Units of one order line promised at one warehouse. */
export type GrantedUnits = {
  readonly allocationId: string;
  readonly shipmentId: string;
  readonly lineId: string;
  readonly warehouseId: WarehouseId;
  readonly quantity: number;
  /** The warehouse manages its back-orders itself: promised without looking at its stock. */
  readonly unchecked?: true;
};

export type UncoveredPromise = { readonly orderId: string; readonly allocationId: string; readonly quantity: number };

export type AdjustmentReason = 'damaged' | 'expired' | 'lost' | 'found' | 'counted' | 'other';
export type UnsellableReason = 'damaged' | 'quality-control' | 'expired';

/** What every stock event says: of which SKU, what it changed and when that took effect, and when it was decided. */
type Stock = { readonly sku: Sku; readonly changes: readonly StockChange[]; readonly decidedAt: Instant };

/** A person corrected what is physically there. */
export type StockAdjusted = Event<'StockAdjusted', Stock & { reason: AdjustmentReason; note: string | null; reference: string | null }>;

/** Goods were kept aside; they stay in total. A negative change puts them back on sale. */
export type StockSetAside = Event<'StockSetAside', Stock & { reason: UnsellableReason; reference: string | null }>;

/** A warehouse said what it has; total follows, at the time the report was taken. */
export type StockLevelReported = Event<
  'StockLevelReported',
  Stock & {
    reportId: string;
    source: string;
    warehouseId: WarehouseId;
    takenAt: Instant;
    meaning: 'on-hand' | 'available';
    reported: number;
    /** Our flows after `takenAt`, which the report could not know. */
    flowsSince: number;
    totalBefore: number;
  }
>;

/**
 * A report that left no event, or has yet to be decided, had counted something that is heard of only now: from here on it is remembered.
 * What it said of the SKU is known only to whoever decides it.
 */
export type QuietReportRecalled = Event<
  'QuietReportRecalled',
  Stock & { reportId: string; source: string; warehouseId: WarehouseId; takenAt: Instant; meaning: 'on-hand' | 'available' }
>;

/** What a report says beyond all known flows. Flows that are heard of later and are in that report explain it. */
export type StockDiscrepancyFound = Event<
  'StockDiscrepancyFound',
  Stock & { reportId: string; warehouseId: WarehouseId; takenAt: Instant; residual: number }
>;

/** Promises that are no longer covered, newest first: those will be missed unless goods appear. */
export type StockShortfallFound = Event<
  'StockShortfallFound',
  Stock & {
    warehouseId: WarehouseId;
    missing: number;
    uncovered: readonly UncoveredPromise[];
    /** Uncovered units of older promises, where there are too many to name each. */
    unlisted?: number;
  }
>;

/** All that this attempt has here under plan `plan`; replaces what an earlier plan of the same attempt had. */
export type UnitsGranted = Event<
  'UnitsGranted',
  Stock &
    AttemptRef & {
      kind: 'allocate' | 'hold';
      plan: number;
      granted: readonly GrantedUnits[];
      /** The attempt whose hold here ends in this same event. */
      swappedHold: number | null;
      /** These replace the units of a shipment at another warehouse, which it keeps until they are promised. */
      reason?: 'moved';
      /** That shipment. */
      reference?: string;
    }
>;

/** Nothing of this attempt is promised here any more, and nothing of it will be. */
export type GrantClosed = Event<'GrantClosed', Stock & AttemptRef>;

/** The warehouse took the shipment on: from now on its own figures know it. */
export type UnitsAccepted = Event<'UnitsAccepted', Stock & { orderId: string; allocationIds: readonly string[] }>;

/** Units left the warehouse, or turned out to have left earlier than was known. `shipped` counts all of the allocation so far. */
export type UnitsShipped = Event<'UnitsShipped', Stock & { orderId: string; allocationId: string; shipped: number }>;

/** The rest of an allocation will not leave and is free again. */
export type UnitsReleased = Event<'UnitsReleased', Stock & { orderId: string; allocationId: string; reason: string }>;

/** Units left although their allocation had ended: total follows the world, a person looks at why. */
export type UnitsShippedAfterEnd = Event<
  'UnitsShippedAfterEnd',
  Stock & { orderId: string; allocationId: string; warehouseId: WarehouseId; shipped: number }
>;

/** A purchase order promises goods. `expected` counts all of the line so far. */
export type GoodsExpected = Event<
  'GoodsExpected',
  Stock & { purchaseOrderId: string; lineId: string; warehouseId: WarehouseId; expected: number }
>;

/** Goods came in. */
export type GoodsReceived = Event<
  'GoodsReceived',
  Stock & { purchaseOrderId: string; lineId: string; receiptId: string; warehouseId: WarehouseId; quantity: number }
>;

/** What a purchase order still promised will not come. */
export type GoodsNoLongerExpected = Event<
  'GoodsNoLongerExpected',
  Stock & { purchaseOrderId: string; lineId: string; warehouseId: WarehouseId }
>;

export type ItemEvent =
  | StockAdjusted
  | StockSetAside
  | StockLevelReported
  | QuietReportRecalled
  | StockDiscrepancyFound
  | StockShortfallFound
  | UnitsGranted
  | GrantClosed
  | UnitsAccepted
  | UnitsShipped
  | UnitsReleased
  | UnitsShippedAfterEnd
  | GoodsExpected
  | GoodsReceived
  | GoodsNoLongerExpected;
