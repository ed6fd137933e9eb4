import type { JsonObject } from '@stockproof/decider';
import type { Sku, WarehouseId } from '@stockproof/vocabulary';

/** Everything that must never be, and that the verifier looks for. */
export const findingKinds = [
  /** Units are promised on an item, and no attempt that lives claims them. */
  'allocation-without-owner',
  /** An attempt that lives claims units, and its item does not have them for it. */
  'owner-without-allocation',
  /** A row of a view is not what the log says. */
  'view-unlike-log',
  /** Less than nothing is allocated, held, incoming, accepted or unsellable. */
  'quantity-below-zero',
  /** A grant promised more than there was, where stock is looked at. */
  'overpromised',
  /** What is allocated and held is not the sum of the open promises. */
  'promises-unlike-quantities',
  /** An event cannot be read as what it says it is. */
  'event-unreadable',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** What can be done about a finding without a person's judgement; `null`: nothing. */
export type Repair = 'release-units' | 'grant-again' | 'rewrite-rows' | null;

/** One thing that must not be. */
export type Finding = {
  readonly kind: FindingKind;
  /** Tells it from the others of the same stream; the same fault has the same one at every look. */
  readonly about: string;
  readonly sku: Sku | null;
  readonly warehouseId: WarehouseId | null;
  readonly orderId: string | null;
  readonly attempt: number | null;
  readonly says: string;
  readonly evidence: JsonObject;
  readonly repair: Repair;
};
