import type { RecordedEvent } from '@stockproof/event-store';
import type { ItemCommand, PlannedUnits } from '@stockproof/stock-domain';
import type { JsonObject } from '@stockproof/decider';
import {
  allocationRequestedV1,
  allocationWithdrawnV1,
  shipmentAcceptedV1,
  unitsReleasedV1,
  unitsShippedV1,
} from '@stockproof/sales-contracts';
import { plusMs, type Instant } from '@stockproof/vocabulary';

export const account = '00000000-0000-4000-8000-00000000000a';
export const [A, B] = ['warehouse-a', 'warehouse-b'];
export const noon: Instant = '2026-01-10T12:00:00.000Z';

/** What sales says on the topic of requests. `null`: it cannot say this yet, for stock has not answered. */
export type Said = { readonly orderId: string; readonly type: string; readonly data: JsonObject };
export type Saying = (granted: (orderId: string, attempt: number) => readonly PlannedUnits[] | null) => Said | null;

/** Something that somebody else does once, at any moment; it is refused or happens as a whole. */
export type Deed = { readonly name: string; readonly command: ItemCommand };

export type HoldMove = { readonly orderId: string; readonly from: string; readonly to: string };

/** A few actors: small enough that every order of what they do can be searched. */
export type Scenario = {
  readonly name: string;
  /** Units on hand: SKU, then warehouse. */
  readonly stock: Readonly<Record<string, readonly [number, number]>>;
  /** What sales says, in this order; the first `atOnce` are on the topic from the start. */
  readonly sales: readonly Saying[];
  readonly atOnce?: number;
  /** What people and warehouses do at any moment, in any order. */
  readonly deeds?: readonly Deed[];
  readonly moves?: readonly HoldMove[];
  /** Messages that are taken together. */
  readonly batch: number;
  /** Orders of which none is served while one before it waits. */
  readonly inTurn?: readonly string[];
  /** Orders that, once they have been promised units, are never without as many of each SKU until they leave: a move leaves no gap. */
  readonly neverWithout?: readonly string[];
  /** An hour may pass at any moment once a new owner has taken over. */
  readonly anHour?: true;
};

/** What may go wrong in one run, at any moment and in any order. */
export type Bounds = {
  /** How often a new owner takes over. */
  readonly takeovers: number;
  /**
   * In how many stretches an owner that was taken over from, and does not know, goes on beside the new one: each begins at any moment
   * and is as long as it likes; after the last one it is dead. 0: whoever is taken over from is dead.
   */
  readonly stretches: number;
  /** Calls that fail: before anything happened, or with the answer lost after it. Whoever made them goes on with what it knows. */
  readonly faults: number;
};

type Basket = Readonly<Record<string, number>>;
type Request = {
  readonly attempt?: number;
  readonly kind?: 'allocate' | 'hold';
  /** It is to move what it was granted by this attempt to B. */
  readonly moves?: number;
  readonly takesOver?: number;
  readonly settings?: Partial<Record<'allowSplitting' | 'allowLineSplit' | 'partial', boolean>>;
};

const candidates = [
  { warehouseId: A, code: 'A', priority: 1, checked: true },
  { warehouseId: B, code: 'B', priority: 2, checked: true },
];

/** Orders are as old as their names: o1 before o2. */
export const asks =
  (orderId: string, basket: Basket, { attempt = 1, kind = 'allocate', takesOver, settings, moves }: Request = {}): Saying =>
  (granted) =>
    moves !== undefined && granted(orderId, moves) === null
      ? null
      : {
          orderId,
          type: allocationRequestedV1.type,
          data: {
            orderId,
            attempt,
            wanted: {
              kind: moves === undefined ? kind : 'move',
              orderNumber: orderId,
              orderDate: `2026-01-0${orderId.slice(1)}T00:00:00.000Z`,
              arrivedAt: `2026-01-0${orderId.slice(1)}T00:00:00.000Z`,
              lines: Object.entries(basket).map(([sku, quantity], index) => ({ lineId: String(index + 1), sku, quantity })),
              candidates: moves === undefined ? candidates : candidates.slice(1),
              settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false, ...settings },
              holdAttempt: takesOver ?? null,
              ...(moves === undefined ? {} : { moves: { shipmentId: granted(orderId, moves)?.[0]?.shipmentId ?? '' } }),
            },
          },
        };

export const withdraws =
  (orderId: string, attempt = 1): Saying =>
  () => ({ orderId, type: allocationWithdrawnV1.type, data: { orderId, attempt } });

/** Of everything that the attempt was granted, shipment by shipment as far as one message goes: the first. */
export const confirms =
  (fact: 'accepted' | 'shipped' | 'released', orderId: string, attempt = 1): Saying =>
  (granted) => {
    const units = granted(orderId, attempt);
    const [first] = units ?? [];
    if (!units || !first) return null;
    const { shipmentId, warehouseId } = first;
    const own = units.filter((unit) => unit.shipmentId === shipmentId);
    const named = own.map(({ allocationId, sku }) => ({ allocationId, sku }));
    const of = { orderId, shipmentId };
    switch (fact) {
      case 'accepted':
        return { orderId, type: shipmentAcceptedV1.type, data: { ...of, acceptedAt: noon, units: named } };
      case 'shipped': {
        const shipped = own.map(({ allocationId, sku, quantity }) => ({ allocationId, sku, shipped: quantity }));
        return { orderId, type: unitsShippedV1.type, data: { ...of, warehouseId, shippedAt: noon, units: shipped } };
      }
      case 'released':
        return { orderId, type: unitsReleasedV1.type, data: { ...of, reason: 'shipment-cancelled', releasedAt: noon, units: named } };
    }
  };

/** As soon as all of it is promised elsewhere, and not before, what the shipment had is free. */
export const movesAway =
  (orderId: string, by: number): Saying =>
  (granted) => {
    const freed = granted(orderId, by) === null ? null : confirms('released', orderId)(granted);
    return freed && { ...freed, data: { ...freed.data, reason: 'moved' } };
  };

export const adjusts = (sku: string, by: number, warehouseId = A): Deed => ({
  name: `a person adjusts ${sku} at ${warehouseId} by ${by}`,
  command: { type: 'AdjustStock', data: { sku, now: noon, warehouseId, by, reason: 'counted', note: null, reference: null, at: noon } },
});

/** A count that was taken some minutes before noon, so that what is shipped at noon is a flow after it. */
export const reports = (sku: string, reported: number, { meaning = 'on-hand' as 'on-hand' | 'available', warehouseId = A } = {}): Deed => ({
  name: `${warehouseId} reports ${reported} of ${sku}`,
  command: {
    type: 'ReportStockLevel',
    data: {
      sku,
      now: noon,
      reportId: `report-${sku}`,
      source: 'warehouse',
      warehouseId,
      takenAt: plusMs(noon, -60_000),
      meaning,
      reported,
    },
  },
});

/** What the last announcement of an attempt granted; null: nothing announced. */
export const grantedIn = (events: readonly RecordedEvent[], attempt: number): readonly PlannedUnits[] | null => {
  const last = events.findLast(({ type, data }) => type === 'AllocationGranted' && data['attempt'] === attempt);
  return last ? (last.data['units'] as readonly PlannedUnits[]) : null;
};
