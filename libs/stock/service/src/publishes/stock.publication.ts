import type { RecordedEvent } from '@stockproof/event-store';
import type { Fact, Publication } from '@stockproof/publishing';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import {
  allocationEndedV1,
  orderAllocatedV1,
  orderHeldV1,
  orderNotAllocatedV1,
  stockChangedV1,
  stockDiscrepancyFoundV1,
  stockRoseV1,
  stockShortfallFoundV1,
} from '@stockproof/stock-contracts';
import { availableRise, quantityNames, type AllocationEvent, type ItemEvent, type PlannedUnits } from '@stockproof/stock-domain';
import { skuKey } from '@stockproof/vocabulary';
import { isItemEvent, itemEventTypes } from '../views/stock-event';

const allocationTypes = ['AllocationGranted', 'AllocationHeld', 'AllocationWaiting', 'AllocationRefused', 'AllocationEnded'] as const;

/** What stock tells others, and what it reminds itself of on the topic of requests. */
export const stockPublication: Publication = {
  handles: [...itemEventTypes, ...allocationTypes],
  facts: (event) => (isItemEvent(event) ? itemFacts(event) : allocationFacts(event)),
};

const itemFacts = (event: RecordedEvent): readonly Fact[] => {
  const item = { type: event.type, data: event.data } as ItemEvent;
  const { sku, changes } = item.data;
  const account = event.meta.accountId ?? '';
  const subject = skuKey(sku);
  // What a warehouse has taken on is stock's own affair: a change of that alone is left out.
  const told = changes
    .map(({ accepted: _, inReport: __, ...change }) => change)
    .filter((change) => quantityNames.some((name) => name in change));
  const changed: readonly Fact[] =
    told.length === 0 ? [] : [{ ...stockFact(stockChangedV1, subject), data: { sku, cause: event.type, changes: told } }];
  // More may be promised: who waits for this SKU is tried again, where all requests of the account are decided.
  const rose: readonly Fact[] = changes.some((change) => availableRise(change) > 0)
    ? [
        {
          type: stockRoseV1.type,
          topic: stockRequestsTopic,
          subject,
          partitionKey: account,
          orderingKey: `${account}/${subject}`,
          data: { sku, revision: event.revision },
        },
      ]
    : [];
  return [...changed, ...rose, ...foundFacts(item, subject)];
};

const foundFacts = (item: ItemEvent, subject: string): readonly Fact[] => {
  if (item.type === 'StockShortfallFound') {
    const { sku, warehouseId, missing, uncovered, unlisted } = item.data;
    return [
      {
        ...stockFact(stockShortfallFoundV1, subject),
        data: { sku, warehouseId, missing, uncovered, ...(unlisted === undefined ? {} : { unlisted }) },
      },
    ];
  }
  if (item.type === 'StockDiscrepancyFound') {
    const { sku, warehouseId, reportId, residual } = item.data;
    return [{ ...stockFact(stockDiscrepancyFoundV1, subject), data: { sku, warehouseId, reportId, residual } }];
  }
  return [];
};

const stockFact = ({ type, topic }: { readonly type: string; readonly topic: string }, subject: string) => ({ type, topic, subject });

const allocationFacts = (event: RecordedEvent): readonly Fact[] => {
  const allocation = { type: event.type, data: event.data } as AllocationEvent;
  const { orderId, attempt } = allocation.data;
  switch (allocation.type) {
    case 'AllocationGranted':
      return [
        {
          ...stockFact(orderAllocatedV1, orderId),
          data: { orderId, attempt, units: allocation.data.units.map(promised), missing: allocation.data.missing },
        },
      ];
    case 'AllocationHeld':
      return [
        {
          ...stockFact(orderHeldV1, orderId),
          data: { orderId, attempt, units: allocation.data.units.map(promised), missing: allocation.data.missing },
        },
      ];
    case 'AllocationWaiting':
    case 'AllocationRefused':
      return [
        {
          ...stockFact(orderNotAllocatedV1, orderId),
          data: { orderId, attempt, missing: allocation.data.missing, reasons: allocation.data.reasons },
        },
      ];
    case 'AllocationEnded':
      return [{ ...stockFact(allocationEndedV1, orderId), data: { orderId, attempt } }];
    case 'AllocationRequested':
    case 'AllocationDecided':
    case 'AllocationWithdrawn':
      return [];
  }
};

const promised = ({ unchecked: _, ...unit }: PlannedUnits): Omit<PlannedUnits, 'unchecked'> => unit;
