import { msBetween, type Clock, type Instant } from '@stockproof/vocabulary';

/** How long a forgotten person's data may stay readable in a process that did not hear of it. */
export const keyLifetimeMs = 60_000;
const largestCache = 10_000;

/** Data keys in memory: the ones used last, each for at most its lifetime since it was read, however often it is used. */
export type KeyCache = {
  readonly get: (subjectId: string) => Buffer | undefined;
  readonly set: (subjectId: string, key: Buffer) => void;
  readonly delete: (subjectId: string) => void;
};

export const keyCache = (clock: Clock, limit = largestCache): KeyCache => {
  const entries = new Map<string, { readonly key: Buffer; readonly readAt: Instant }>();
  const drop = (subjectId: string): void => void entries.delete(subjectId);
  const fresh = (readAt: Instant): boolean => {
    const age = msBetween(readAt, clock.now());
    return age >= 0 && age < keyLifetimeMs;
  };
  return {
    get: (subjectId) => {
      const entry = entries.get(subjectId);
      if (!entry) return undefined;
      drop(subjectId);
      if (!fresh(entry.readAt)) return undefined;
      entries.set(subjectId, entry);
      return entry.key;
    },
    set: (subjectId, key) => {
      drop(subjectId);
      entries.set(subjectId, { key, readAt: clock.now() });
      const [leastUsed] = entries.keys();
      if (entries.size > limit && leastUsed !== undefined) drop(leastUsed);
    },
    delete: drop,
  };
};
