import type { EventStore } from '@stockproof/event-store';
import type { StockStreams } from '@stockproof/stock-service/testing';

/** A collaborator exchanged for a broken one; the product's own code around it stays as it is. */
export type Twin = {
  readonly name: string;
  /** The ways to stock's streams that the flows are handed. */
  readonly streams?: (streams: StockStreams) => StockStreams;
  /** What stands between a process and the store. */
  readonly asks?: (store: EventStore) => EventStore;
  /** The store itself. */
  readonly keeps?: (store: EventStore) => EventStore;
  /** False: nobody is reminded of a plan without an outcome. */
  readonly reminds?: false;
};

export const theProduct: Twin = { name: 'the product' };
