import type { Logged } from './evidence';

export const amounts = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;
export type Amounts = Record<(typeof amounts)[number], number>;

/** Units that are promised to somebody and have neither left nor been freed. */
export type OpenPromise = {
  readonly orderId: string;
  readonly attempt: number;
  readonly kind: 'allocate' | 'hold';
  readonly warehouseId: string;
  readonly lineId: string;
  readonly quantity: number;
  shipped: number;
};

/** One SKU as its stream tells it. Knows nothing of the product's own fold: quantities are sums of what each event says it changed. */
export type ItemState = {
  readonly at: Map<string, Amounts>;
  readonly promises: Map<string, OpenPromise>;
  /** Whose each promise is or was, and how many of its units have left. */
  readonly made: Map<string, { readonly owner: string; left: number }>;
  /** Goods that came, by purchase order. */
  readonly received: Map<string, number>;
};

export const nothingYet = (): ItemState => ({ at: new Map(), promises: new Map(), made: new Map(), received: new Map() });
export const noAmounts = (): Amounts => ({ total: 0, unsellable: 0, allocated: 0, held: 0, incoming: 0 });
export const amountsAt = (item: ItemState, warehouseId: string): Amounts => item.at.get(warehouseId) ?? noAmounts();
export const availableOf = ({ total, unsellable, allocated, held }: Amounts): number => total - unsellable - allocated - held;
export const openUnits = ({ quantity, shipped }: OpenPromise): number => quantity - shipped;

export type Change = { readonly warehouseId: string } & Partial<Amounts>;
type Granted = { readonly allocationId: string; readonly warehouseId: string; readonly lineId: string; readonly quantity: number };
type Told = {
  readonly changes: readonly Change[];
  readonly orderId: string;
  readonly attempt: number;
  readonly kind: 'allocate' | 'hold';
  readonly granted: readonly Granted[];
  readonly swappedHold: number | null;
  readonly allocationId: string;
  readonly shipped: number;
  readonly purchaseOrderId: string;
  readonly quantity: number;
};

export const toldOf = ({ data }: Logged): Told => data as Told;

export const foldItem = (item: ItemState, event: Logged): void => {
  const told = toldOf(event);
  for (const change of told.changes) {
    const here = item.at.get(change.warehouseId) ?? noAmounts();
    for (const name of amounts) here[name] += change[name] ?? 0;
    item.at.set(change.warehouseId, here);
  }
  switch (event.type) {
    case 'UnitsGranted':
      return grant(item, told);
    case 'GrantClosed':
      return drop(item, told.orderId, told.attempt);
    case 'UnitsShipped':
    case 'UnitsShippedAfterEnd':
      return leave(item, told);
    case 'UnitsReleased':
      return void item.promises.delete(told.allocationId);
    case 'GoodsReceived':
      return add(item.received, told.purchaseOrderId, told.quantity);
  }
};

const add = (sums: Map<string, number>, key: string, by: number): void => void sums.set(key, (sums.get(key) ?? 0) + by);

/** A grant says all that its attempt has here; what the attempt had before, and the hold that it takes over, end with it. */
const grant = (item: ItemState, { orderId, attempt, kind, granted, swappedHold }: Told): void => {
  drop(item, orderId, attempt);
  if (swappedHold !== null) drop(item, orderId, swappedHold);
  for (const { allocationId, warehouseId, lineId, quantity } of granted)
    item.promises.set(allocationId, { orderId, attempt, kind, warehouseId, lineId, quantity, shipped: 0 });
  for (const { allocationId, lineId } of granted)
    item.made.set(allocationId, { owner: `${orderId} ${lineId}`, left: item.made.get(allocationId)?.left ?? 0 });
};

const drop = (item: ItemState, orderId: string, attempt: number): void => {
  for (const [id, promise] of item.promises) if (promise.orderId === orderId && promise.attempt === attempt) item.promises.delete(id);
};

/** Counted in all since its beginning; what leaves after the end of its promise has left all the same. */
const leave = (item: ItemState, { allocationId, shipped }: Told): void => {
  const made = item.made.get(allocationId);
  if (made) made.left = shipped;
  const promise = item.promises.get(allocationId);
  if (!promise) return;
  promise.shipped = Math.min(shipped, promise.quantity);
  if (promise.shipped >= promise.quantity) item.promises.delete(allocationId);
};
