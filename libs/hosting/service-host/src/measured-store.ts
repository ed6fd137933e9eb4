import type { EventStore } from '@stockproof/event-store';
import { secondsBuckets, type Metrics } from '@stockproof/observability';

/** The same store; every append is timed and counted by its outcome. Checks without events count too: they cost the same way. */
export const measuredStore = (store: EventStore, { counter, histogram }: Pick<Metrics, 'counter' | 'histogram'>): EventStore => {
  const took = histogram('append_seconds', 'From handing appends to the store until it answered', secondsBuckets);
  const outcomes = counter('append_outcomes_total', 'Appends by outcome: appended, conflict, refused, or failed without an answer', [
    'outcome',
  ]);
  return {
    ...store,
    append: async (appends) => {
      const began = performance.now();
      try {
        const answers = await store.append(appends);
        for (const { outcome } of answers) outcomes({ outcome });
        return answers;
      } catch (error) {
        outcomes({ outcome: 'failed' }, appends.length);
        throw error;
      } finally {
        took((performance.now() - began) / 1_000);
      }
    },
  };
};
