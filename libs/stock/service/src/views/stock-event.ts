import type { RecordedEvent } from '@stockproof/event-store';
import type { ItemEvent } from '@stockproof/stock-domain';

const known: Readonly<Record<ItemEvent['type'], true>> = {
  StockAdjusted: true,
  StockSetAside: true,
  StockLevelReported: true,
  QuietReportRecalled: true,
  StockDiscrepancyFound: true,
  StockShortfallFound: true,
  UnitsGranted: true,
  GrantClosed: true,
  UnitsAccepted: true,
  UnitsShipped: true,
  UnitsReleased: true,
  UnitsShippedAfterEnd: true,
  GoodsExpected: true,
  GoodsReceived: true,
  GoodsNoLongerExpected: true,
};

/** All events of items; leaving one out does not compile. */
export const itemEventTypes = Object.keys(known) as readonly ItemEvent['type'][];

export const isItemEvent = (event: RecordedEvent): boolean => Object.hasOwn(known, event.type);

/** What every event of an item says, whatever happened. */
export const stockEventOf = (event: RecordedEvent): { readonly accountId: string } & ItemEvent['data'] => ({
  ...(event.data as ItemEvent['data']),
  accountId: event.meta.accountId ?? '',
});
