import { setTimeout as delay } from 'node:timers/promises';
import type { BatchContext } from '@stockproof/integration-bus';
import { TryAgain } from './consumer';

export type RetryLimits = {
  /** Tries of a batch, and then of each of its messages, before a failure that nobody explains counts as permanent. Default 5. */
  readonly attempts: number;
  /** First wait, doubled after each try. Default 50. */
  readonly firstWaitMs: number;
  /** Default 10,000: below what a bus waits for a heartbeat. */
  readonly longestWaitMs: number;
};

export const defaultRetryLimits: RetryLimits = { attempts: 5, firstWaitMs: 50, longestWaitMs: 10_000 };

/** Waits before the next try (from 1), keeping the partition; throws when the partition is lost or `stop` says that nobody waits any more. */
export const waitBeforeTry = async (attempt: number, limits: RetryLimits, context: BatchContext, stop: AbortSignal): Promise<void> => {
  const waitMs = Math.min(limits.firstWaitMs * 2 ** Math.min(attempt - 1, 20), limits.longestWaitMs);
  await delay(waitMs, undefined, { signal: stop }).catch(() => undefined);
  if (stop.aborted) throw new TryAgain('stopped while waiting to try again');
  await context.heartbeat();
  if (!context.owns()) throw new TryAgain('the partition went to another instance');
};
