import { accept, type Command, type Decider, type Event } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import { here, sourceKey, type ProductSource } from './product-source';

/** Tenancy says which source is the master of an account; `sequence` is its own count of what it said. */
export type HearOfProductSource = Command<'HearOfProductSource', { source: ProductSource; sequence: number; now: Instant }>;

/** From now on products of the account come from there. */
export type MasterProductSourceHeard = Event<'MasterProductSourceHeard', { source: ProductSource; sequence: number; decidedAt: Instant }>;

export type MasterProductSource = { readonly source: ProductSource; readonly sequence: number };

/** The master product source of an account as it was last heard; older news changes nothing. */
export const productSourceDecider: Decider<MasterProductSource, HearOfProductSource, MasterProductSourceHeard, never> = {
  initialState: () => ({ source: here, sequence: 0 }),
  decide: ({ data: { source, sequence, now } }, heard) =>
    sequence <= heard.sequence || sourceKey(source) === sourceKey(heard.source)
      ? accept()
      : accept({ type: 'MasterProductSourceHeard', data: { source, sequence, decidedAt: now } }),
  evolve: (_, { data: { source, sequence } }) => ({ source, sequence }),
};
