import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';

/** A warehouse that may serve the order. `checked` false: it manages back-orders itself, its stock is not looked at. */
export type Candidate = { readonly warehouseId: WarehouseId; readonly code: string; readonly priority: number; readonly checked: boolean };

/** One line as stock sees it, bundles exploded. `candidates`: the warehouses that this line may come from, when fewer than the order's. */
export type WantedLine = {
  readonly lineId: string;
  readonly sku: Sku;
  readonly quantity: number;
  readonly candidates?: readonly WarehouseId[];
};

export type AllocationSettings = {
  readonly allowSplitting: boolean;
  /** Most shipments per order; null: no limit. */
  readonly maximumShipments: number | null;
  /** A single line may come from two warehouses. */
  readonly allowLineSplit: boolean;
  /** What there is may go, the rest waits. */
  readonly partial: boolean;
  /** No younger order takes a SKU for which an older one waits. A matter of whose turn it is: no rule looks at it. */
  readonly strictOrder?: boolean;
};

/** What an order wants from stock in one attempt: all that the decision may depend on, besides the stock itself. */
export type Wanted = {
  /** `move`: what one of its shipments has, at another warehouse; all of it or nothing, and it never waits. */
  readonly kind: 'allocate' | 'hold' | 'move';
  readonly orderNumber: string;
  /** Waiting orders are served by order date, then arrival. */
  readonly orderDate: Instant;
  readonly arrivedAt: Instant;
  readonly lines: readonly WantedLine[];
  readonly candidates: readonly Candidate[];
  readonly settings: AllocationSettings;
  /** The attempt whose hold this one takes over. */
  readonly holdAttempt: number | null;
  /** Of a move: the shipment that keeps what it has until all of it is promised at the other warehouse. */
  readonly moves?: { readonly shipmentId: string };
};

/** What a decision saw of one SKU: the item's revision, and what was free at each candidate, in the candidates' order. */
export type SeenItem = { readonly sku: Sku; readonly revision: number; readonly free: readonly number[] };

export type Choice = { readonly lineId: string; readonly sku: Sku; readonly warehouseId: WarehouseId; readonly quantity: number };

/** `not-its-turn` no rule says: an older order waits for one of its SKUs, and the order of the waiting is strict. */
export type Reason =
  | 'taken'
  | 'covers-alone-but-later'
  | 'not-needed'
  | 'not-enough'
  | 'splitting-not-allowed'
  | 'too-many-shipments'
  | 'not-named'
  | 'not-its-turn';

/**
 * What a decision saw and what came of it. With the attempt's `Wanted` and the choices, which stand beside it in the same stream,
 * it can be taken again byte for byte.
 */
export type DecisionRecord = { readonly ruleVersion: number; readonly seen: readonly SeenItem[] } & Omit<Outcome, 'choices'>;

export type Outcome = {
  readonly choices: readonly Choice[];
  /** What nobody could give. */
  readonly missing: readonly { readonly lineId: string; readonly sku: Sku; readonly quantity: number }[];
  /** Why each candidate was taken or not, in the candidates' order. */
  readonly reasons: readonly Reason[];
  /** Whether "fewest shipments" was found by trying all sets, or by taking the best one after another. */
  readonly search: 'exact' | 'greedy';
};

/** A frozen function: released versions stay, and a replay runs the one that the record names. */
export type AllocationRule = (wanted: Wanted, seen: readonly SeenItem[]) => Outcome;
