import type { RecordedEvent } from '@stockproof/event-store';
import { itemDecider, type ItemEvent } from '@stockproof/stock-domain';

/** At which events of an item an order, once it was promised units, had fewer than at first although none of them had left. */
export const gapsOf = (events: readonly Pick<RecordedEvent, 'type' | 'data' | 'revision'>[], orderId: string): readonly string[] => {
  let item = itemDecider.initialState();
  let first = 0;
  let shipped = 0;
  return events.flatMap(({ type, data, revision }): readonly string[] => {
    const event = { type, data } as ItemEvent;
    item = itemDecider.evolve(item, event);
    if (event.type === 'UnitsShipped' && event.data.orderId === orderId) shipped += event.data.shipped;
    const has = [...item.allocations.values()].reduce(
      (sum, each) => sum + (each.orderId === orderId ? each.quantity - each.shipped : 0),
      0,
    );
    if (first === 0) first = has;
    return has + shipped < first ? [`${orderId} has ${has} of ${first} at revision ${revision}`] : [];
  });
};
