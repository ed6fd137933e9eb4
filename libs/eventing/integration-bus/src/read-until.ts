import type { PartitionLag } from './integration-bus';
import type { Instant } from '@stockproof/vocabulary';

/** Until when everything said was read: now where nothing is left, else up to the oldest message left; `null`: nobody knows. */
export const readUntil = (lag: readonly PartitionLag[], now: Instant): Instant | null => {
  const limits = lag.map(({ behind, oldestUnread }) => (behind === 0 ? now : oldestUnread));
  return limits.reduce<Instant | null>(
    (earliest, limit) => (earliest === null || limit === null ? null : limit < earliest ? limit : earliest),
    now,
  );
};
