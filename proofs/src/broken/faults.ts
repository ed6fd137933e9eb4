import type { AppendOutcome, EventStore, StreamAppend } from '@stockproof/event-store';
import type { IntegrationBus, PartitionBatch, SubscribeOptions } from '@stockproof/integration-bus';
import { setTimeout as delay } from 'node:timers/promises';

export type BreakStore = (store: EventStore) => EventStore;
export type BreakBus = (bus: IntegrationBus) => IntegrationBus;
export type FaultName = 'store' | 'refusal' | 'acknowledgement';

/** What is broken of the engines of a service. */
export type Broken = { readonly store?: BreakStore; readonly bus?: BreakBus };

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

/**
 * Moves the offset past a batch before its work is done. The work is done all the same, one batch of a partition after the other and
 * again after a failure: nothing is missing until a process dies or loses a partition with work in hand.
 */
const acknowledgingEarly: BreakBus = (bus) => ({
  ...bus,
  subscribe: (options) => {
    const atWork = new Map<string, Promise<void>>();
    const onBatch: SubscribeOptions['onBatch'] = async (batch, context) => {
      const key = `${batch.topic} ${batch.partition}`;
      const before = atWork.get(key) ?? Promise.resolve();
      atWork.set(
        key,
        before.then(() => workedOff(options, batch, context)),
      );
    };
    return bus.subscribe({ ...options, onBatch });
  },
});

const againMs = 50;

const workedOff = async (
  { onBatch }: SubscribeOptions,
  batch: PartitionBatch,
  context: Parameters<SubscribeOptions['onBatch']>[1],
): Promise<void> => {
  while (context.owns()) {
    const done = await onBatch(batch, context).then(
      () => true,
      () => false,
    );
    if (done) return;
    await delay(againMs);
  }
};

export const faults: Readonly<Record<FaultName, Broken>> = {
  store: { store: withoutExpectedRevisions },
  refusal: { store: confirmingBlindly },
  acknowledgement: { bus: acknowledgingEarly },
};
