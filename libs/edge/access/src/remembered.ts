/** Entries at most; what was used longest ago goes first. */
const capacity = 10_000;

/** Answers of a lookup for a short time, each asked for once at a time. What is not there is not remembered: it may come any moment. */
export type Remembered<T> = { readonly get: (key: string) => Promise<T | null>; readonly getFresh: (key: string) => Promise<T | null> };

type Entry<T> = { readonly until: number; readonly value: Promise<T | null> };

/** Remembers `look`'s answers for `ttlMs`, counted from when it was asked: nothing is ever older than that. */
export const remembered = <T>(look: (key: string) => Promise<T | null>, ttlMs: number): Remembered<T> => {
  const entries = new Map<string, Entry<T>>();
  const forget = (key: string, entry: Entry<T>): void => {
    if (entries.get(key) === entry) entries.delete(key);
  };
  const getFresh = (key: string): Promise<T | null> => {
    const entry = { until: performance.now() + ttlMs, value: look(key) };
    entries.delete(key);
    entries.set(key, entry);
    entry.value.then(
      (value) => (value === null ? forget(key, entry) : undefined),
      () => forget(key, entry),
    );
    const [oldest] = entries.keys();
    if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
    return entry.value;
  };
  const get = (key: string): Promise<T | null> => {
    const entry = entries.get(key);
    return entry !== undefined && entry.until > performance.now() ? entry.value : getFresh(key);
  };
  return { get, getFresh };
};
