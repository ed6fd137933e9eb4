import type { EventStore } from '@stockproof/event-store';
import { replay, type AllocationEvent, type PlannedUnits, type Wanted } from '@stockproof/stock-domain';
import type { AccountId } from '@stockproof/vocabulary';
import { allocationStream } from '../stock.streams';
import type { AllocationDecision } from './decisions.requests';

/** Every decision about an order, from its own stream, each taken again by the rule version that its record names. */
export const readDecisions = async (store: EventStore, accountId: AccountId, orderId: string): Promise<readonly AllocationDecision[]> => {
  const stored = await store.readStream(allocationStream(accountId, orderId));
  const wantedBy = new Map<number, Wanted>();
  return stored.flatMap(({ type, data }): readonly AllocationDecision[] => {
    const event = { type, data } as AllocationEvent;
    if (event.type === 'AllocationRequested') wantedBy.set(event.data.attempt, event.data.wanted);
    const wanted = wantedBy.get(event.data.attempt);
    if (event.type !== 'AllocationDecided' || !wanted) return [];
    const { attempt, plan, decidedAt, record, units } = event.data;
    const choices = units.map(choiceOf);
    const again = record === null ? null : replay(wanted, record);
    const replaysEqual =
      record === null || again === null
        ? null
        : JSON.stringify(again) === JSON.stringify({ choices, missing: record.missing, reasons: record.reasons, search: record.search });
    return [{ attempt, plan, decidedAt, wanted, record, choices, replaysEqual }];
  });
};

const choiceOf = ({ lineId, sku, warehouseId, quantity }: PlannedUnits) => ({ lineId, sku, warehouseId, quantity });
