import type { Clock } from '@stockproof/vocabulary';

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
