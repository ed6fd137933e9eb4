import type { EventStore, RecordedEvent } from '@stockproof/event-store';
import { orderHistory, unreadableOrder, type AllocationEvent, type OrderHistory, type Owners } from '@stockproof/stock-domain';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import { allocationStream } from '../stock.streams';
import { placed } from './subjects';

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What an order's events come to, and the first of them that is not what its type says. */
export const historyOf = (
  events: readonly RecordedEvent[],
): { readonly history: OrderHistory; readonly odd: { readonly event: RecordedEvent; readonly because: string } | null } => {
  const told = events.map((each) => placed<AllocationEvent>(each));
  try {
    return { history: orderHistory(told), odd: null };
  } catch (error) {
    const read = told.findIndex((_, index) => !isReadable(told.slice(0, index + 1)));
    const event = events[Math.max(0, read)];
    return { history: unreadableOrder(), odd: event ? { event, because: textOf(error) } : null };
  }
};

const isReadable = (told: Parameters<typeof orderHistory>[0]): boolean => {
  try {
    return orderHistory(told).readable;
  } catch {
    return false; // that is the question
  }
};

const ordersAtOnce = 200;

/** The histories of these orders, read now: whoever asks knows the item's side already. */
export const readOwners = async (
  { store, clock }: { readonly store: EventStore; readonly clock: Clock },
  accountId: AccountId,
  orderIds: Iterable<string>,
): Promise<Owners> => {
  const wanted = [...new Set(orderIds)];
  const orders = new Map<string, OrderHistory>();
  for (let from = 0; from < wanted.length; from += ordersAtOnce) {
    const some = wanted.slice(from, from + ordersAtOnce);
    const read = await store.readStreams(some.map((orderId) => ({ stream: allocationStream(accountId, orderId) })));
    read.forEach((events, index) => orders.set(some[index] ?? '', historyOf(events).history));
  }
  return { orders, now: clock.now() };
};
