import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is as wanted; says what it was last when the time is over. */
export const until = async <T>(ask: () => Promise<T>, wanted: (seen: T) => boolean, withinMs = 60_000): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await ask();
    if (wanted(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`Last seen: ${JSON.stringify(seen)}`);
    await pause(50);
  }
};

/** Resolves after so long, or as soon as `signal` says so. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> => delay(ms, undefined, { signal }).catch(() => undefined);
