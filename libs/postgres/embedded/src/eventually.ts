import { setTimeout as delay } from 'node:timers/promises';

/** Asks every 10 ms until the probe says yes or the time is over, and answers its last word. */
export const eventually = async (probe: () => boolean, withinMs: number): Promise<boolean> => {
  const deadline = performance.now() + withinMs;
  while (!probe()) {
    if (performance.now() > deadline) return false;
    await delay(10);
  }
  return true;
};
