import { setTimeout as delay } from 'node:timers/promises';
import { Overtaken } from './checkpoints';
import { DerivedStateLost } from './lane';
import { LogReplaced } from './session';

const firstWaitMs = 100;
const longestWaitMs = 10_000;
/** How long nobody works on the views when the one that did has died, at the most. */
const longestStandbyMs = 1_000;

/** Waits, unless the signal is given meanwhile. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal }).catch(() => undefined);

/** Enough of an error to be shown. */
export const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export type KeepGoingOptions = {
  readonly signal: AbortSignal;
  readonly log: { readonly warn: (details: object, message: string) => void };
};

/** Begins again whatever ends, with growing waits until something succeeds; `progressed` says that it did. */
export const keepGoing = (
  session: () => Promise<void>,
  { signal, log }: KeepGoingOptions,
): { readonly ended: Promise<void>; readonly progressed: () => void } => {
  let failures = 0;
  let overtaken = 0;
  const waitAfter = (error: unknown): number => {
    // Another runner is at work: let it, and be there when it is not.
    if (error instanceof Overtaken) return Math.min(firstWaitMs * 2 ** overtaken++, longestStandbyMs) * (0.5 + Math.random() / 2);
    failures++;
    log.warn({ error: textOf(error), failures }, 'Views were interrupted and go on');
    const atOnce = error instanceof LogReplaced || error instanceof DerivedStateLost;
    return atOnce && failures === 1 ? 0 : Math.min(firstWaitMs * 2 ** (failures - 1), longestWaitMs);
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await session();
        failures = 0;
      } catch (error) {
        await pause(waitAfter(error), signal);
      }
    }
  };
  return { ended: run(), progressed: () => void (failures = overtaken = 0) };
};
