import type { RecordedEvent } from '@stockproof/event-store';
import type { Finding } from '@stockproof/stock-domain';

/** An event that cannot be taken in as what its type says it is. */
export const unreadable = ({ stream, revision, type, id }: RecordedEvent, because: string): Finding => ({
  kind: 'event-unreadable',
  about: `event ${revision}`,
  sku: null,
  warehouseId: null,
  orderId: null,
  attempt: null,
  says: `The event at revision ${revision} of ${stream} is no ${type}: ${because}`,
  evidence: { stream, revision, eventId: id },
  repair: null,
});
