import type { EventStore, StreamAppend } from '@stockproof/event-store';
import type { ItemHandler } from '@stockproof/stock-service/testing';
import type { Twin } from './twin';

/** Each is the product but for one thing that its safety rests on. */

const headOf = async (store: EventStore, stream: string): Promise<number> => {
  const [last] = await store.readStream(stream, { direction: 'backward', limit: 1 });
  return last?.revision ?? 0;
};

export const storeWithoutExpectedRevisions: Twin = {
  name: 'a store that takes events at whatever revision',
  keeps: (store) => ({
    ...store,
    append: async (appends) => {
      const atHead = async (each: StreamAppend): Promise<StreamAppend> => ({ ...each, expectedRevision: await headOf(store, each.stream) });
      return store.append(await Promise.all(appends.map(atHead)));
    },
  }),
};

export const refusalsWithoutConfirmation: Twin = {
  name: 'refusals that are not confirmed',
  asks: (store) => ({
    ...store,
    append: (appends) =>
      appends.every(({ events }) => events.length === 0)
        ? Promise.resolve(
            appends.map(({ expectedRevision }) => ({ outcome: 'appended', revision: expectedRevision, position: '' }) as const),
          )
        : store.append(appends),
  }),
};

/** What a handler answers where it did nothing. */
const nothingDone = { outcome: 'accepted', events: [], revision: 0, position: '', repeated: false } as const;

const itemsWithout = (type: string, items: ItemHandler): ItemHandler => ({
  ...items,
  handle: (stream, command, ...rest) => (command.type === type ? Promise.resolve(nothingDone) : items.handle(stream, command, ...rest)),
});
export const withdrawalThatClosesNothing: Twin = {
  name: 'a withdrawal that closes nothing on the items',
  streams: (streams) => ({ ...streams, items: itemsWithout('CloseGrant', streams.items) }),
};

export const plansLeftToTheirWriters: Twin = { name: 'plans without an outcome that nobody is reminded of', reminds: false };

export const wakeUpsThatTrustTheCache: Twin = {
  name: 'wake-ups that trust what the process last saw, and check nothing',
  streams: (streams) => ({
    ...streams,
    items: { ...streams.items, atLeast: () => undefined, confirm: () => Promise.resolve(true) },
  }),
};
