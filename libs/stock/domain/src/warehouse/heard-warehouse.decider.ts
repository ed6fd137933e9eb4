import { accept, type Decider } from '@stockproof/decider';
import type { Command } from '@stockproof/decider';
import type { WarehouseEvent } from './warehouse.events';

/** Keeps what another service said; older news than the last heard of the same kind changes nothing. */
export type HearOfWarehouse = Command<'HearOfWarehouse', { fact: WarehouseEvent }>;

/** The highest sequence heard, per kind of fact. */
export type HeardWarehouse = { readonly heard: Map<string, number> };

export const heardWarehouseDecider: Decider<HeardWarehouse, HearOfWarehouse, WarehouseEvent, never> = {
  initialState: () => ({ heard: new Map() }),
  decide: ({ data: { fact } }, { heard }) => (fact.data.sequence > (heard.get(topicOf(fact)) ?? 0) ? accept(fact) : accept()),
  evolve: (state, event) => {
    state.heard.set(topicOf(event), event.data.sequence);
    return state;
  },
};

/** Being described and being enabled are told by different streams, each with a sequence of its own. */
const topicOf = (event: WarehouseEvent): string => {
  switch (event.type) {
    case 'WarehouseDescribed':
    case 'WarehouseMembersReplaced':
      return 'described';
    case 'WarehouseEnabledForAccount':
    case 'WarehouseDisabledForAccount':
      return `enabled ${event.data.accountId}`;
  }
};
