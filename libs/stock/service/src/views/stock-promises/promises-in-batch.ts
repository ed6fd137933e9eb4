import type { Position, RecordedEvent } from '@stockproof/event-store';
import type { GrantedUnits, ItemEvent } from '@stockproof/stock-domain';
import { skuKey, type Instant } from '@stockproof/vocabulary';
import { stockEventOf } from '../stock-event';

/** How a promise, or a part of it, ended. */
export type End = { readonly position: Position; readonly at: Instant; readonly recordedAt: Instant; readonly by: ItemEvent['type'] };

/** Units of one allocation that are promised from one event on. */
export type Promised = {
  readonly accountId: string;
  readonly key: string;
  readonly sku: string;
  readonly orderId: string;
  readonly attempt: number;
  readonly kind: 'allocated' | 'held';
  readonly granted: GrantedUnits;
  readonly quantity: number;
  readonly position: Position;
  readonly at: Instant;
  readonly end: End | null;
};

/** Of an allocation that was open before the batch, so many units ended. */
export type EndedPart = {
  readonly accountId: string;
  readonly key: string;
  readonly allocationId: string;
  readonly quantity: number;
  readonly end: End;
};

/** Of an attempt that had anything before the batch, all that is left ended. */
export type EndedAttempt = {
  readonly accountId: string;
  readonly key: string;
  readonly orderId: string;
  readonly attempt: number;
  readonly end: End;
};

/** What a batch says of promises, apart from what was there before: first parts end, then attempts, then what is new is added. */
export type PromisesInBatch = {
  readonly parts: readonly EndedPart[];
  readonly attempts: readonly EndedAttempt[];
  readonly fresh: readonly Promised[];
};

export const promisesInBatch = (events: readonly RecordedEvent[]): PromisesInBatch => {
  const batch = new Batch();
  for (const event of events) batch.hear(event);
  return { parts: batch.parts, attempts: [...batch.attempts.values()], fresh: [...batch.ended, ...batch.open.values()] };
};

type Item = { readonly accountId: string; readonly key: string; readonly sku: string };

class Batch {
  readonly parts: EndedPart[] = [];
  readonly attempts = new Map<string, EndedAttempt>();
  readonly open = new Map<string, Promised>();
  readonly ended: Promised[] = [];

  hear(recorded: RecordedEvent): void {
    const event = { type: recorded.type, data: recorded.data } as ItemEvent;
    const { accountId, sku } = stockEventOf(recorded);
    const item = { accountId, sku, key: skuKey(sku) };
    switch (event.type) {
      case 'UnitsGranted':
        return this.grant(item, event.data, recorded);
      case 'GrantClosed':
        return this.endAttempt(item, event.data, endOf(recorded, event.data.decidedAt));
      case 'UnitsShipped':
      case 'UnitsReleased': {
        const gone = event.data.changes.find((change) => (change.allocated ?? 0) + (change.held ?? 0) < 0);
        if (gone) this.endPart(item, event.data.allocationId, -(gone.allocated ?? 0) - (gone.held ?? 0), endOf(recorded, gone.at));
        return;
      }
      case 'StockAdjusted':
      case 'StockSetAside':
      case 'StockLevelReported':
      case 'QuietReportRecalled':
      case 'StockDiscrepancyFound':
      case 'StockShortfallFound':
      case 'UnitsAccepted':
      case 'UnitsShippedAfterEnd':
      case 'GoodsExpected':
      case 'GoodsReceived':
      case 'GoodsNoLongerExpected':
        return;
    }
  }

  /** A grant states all that its attempt has here: what a former plan of it had ends, and so does the hold that it takes the place of. */
  private grant(item: Item, data: Extract<ItemEvent, { type: 'UnitsGranted' }>['data'], recorded: RecordedEvent): void {
    const { orderId, attempt, swappedHold, decidedAt, kind } = data;
    const end = endOf(recorded, decidedAt);
    this.endAttempt(item, { orderId, attempt }, end);
    if (swappedHold !== null) this.endAttempt(item, { orderId, attempt: swappedHold }, end);
    for (const granted of data.granted)
      if (granted.quantity > 0)
        this.open.set(allocationKey(item, granted.allocationId), {
          ...item,
          ...{ orderId, attempt, kind: kind === 'hold' ? 'held' : 'allocated', granted, quantity: granted.quantity },
          ...{ position: recorded.position, at: end.at, end: null },
        });
  }

  private endAttempt(
    { accountId, key }: Item,
    { orderId, attempt }: { readonly orderId: string; readonly attempt: number },
    end: End,
  ): void {
    const id = `${accountId} ${key} ${orderId} ${attempt}`;
    if (!this.attempts.has(id)) this.attempts.set(id, { accountId, key, orderId, attempt, end });
    for (const [allocation, promised] of this.open) {
      if (promised.accountId !== accountId || promised.key !== key || promised.orderId !== orderId || promised.attempt !== attempt)
        continue;
      this.open.delete(allocation);
      this.ended.push({ ...promised, end });
    }
  }

  private endPart(item: Item, allocationId: string, quantity: number, end: End): void {
    const id = allocationKey(item, allocationId);
    const promised = this.open.get(id);
    if (!promised) {
      this.parts.push({ accountId: item.accountId, key: item.key, allocationId, quantity, end });
      return;
    }
    this.ended.push({ ...promised, quantity, end });
    if (quantity < promised.quantity) this.open.set(id, { ...promised, quantity: promised.quantity - quantity });
    else this.open.delete(id);
  }
}

const allocationKey = ({ accountId, key }: Item, allocationId: string): string => `${accountId} ${key} ${allocationId}`;

/** What claims to take effect later than it is recorded counts from when it is recorded, as it does in the figures. */
const endOf = ({ position, recordedAt, type }: RecordedEvent, at: Instant): End => ({
  ...{ position, recordedAt, at: at < recordedAt ? at : recordedAt },
  by: type as ItemEvent['type'],
});
