import type { Json } from '@stockproof/decider';

const ordered = (_: string, value: Json): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Equal as JSON values: the order of keys is not kept by every store. */
export const sameJson = (one: Json, other: Json): boolean => JSON.stringify(one, ordered) === JSON.stringify(other, ordered);
