import type { AppendOutcome, EventStore, StreamAppend } from '@stockproof/event-store';

export type BreakStore = (store: EventStore) => EventStore;
export type FaultName = 'store' | 'refusal';

/** Ignores at which revision an append was to be made: what lost the race is written all the same. */
const withoutExpectedRevisions: BreakStore = (store) => {
  const force = async (append: StreamAppend): Promise<AppendOutcome> => {
    for (let expectedRevision = append.expectedRevision; ;) {
      const [outcome] = (await store.append([{ ...append, expectedRevision }])) as [AppendOutcome];
      if (outcome.outcome !== 'conflict') return outcome;
      expectedRevision = outcome.actualRevision;
    }
  };
  return { ...store, append: (appends) => Promise.all(appends.map(force)) };
};

/** Says yes to every question whether a stream still stands where it was seen: a refusal is never confirmed. */
const confirmingBlindly: BreakStore = (store) => ({
  ...store,
  append: (appends) =>
    Promise.all(
      appends.map(async (append): Promise<AppendOutcome> => {
        if (append.events.length === 0) return { outcome: 'appended', revision: append.expectedRevision, position: '' };
        return (await store.append([append]))[0] as AppendOutcome;
      }),
    ),
});

export const faults: Readonly<Record<FaultName, BreakStore>> = { store: withoutExpectedRevisions, refusal: confirmingBlindly };
