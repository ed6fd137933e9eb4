import {
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
  type StreamingRead,
} from '@eventstore/db-client';
import { setTimeout as wait } from 'node:timers/promises';

/** The server did not answer in time; what became of an append is unknown. */
export class AnswerTooLate extends Error {
  override readonly name = 'AnswerTooLate';
  constructor(what: string, withinMs: number) {
    super(`EventStoreDB did not answer within ${withinMs} ms: ${what}`);
  }
}

const passing = [CancelledError, DeadlineExceededError, NotLeaderError, TimeoutError, UnavailableError, AnswerTooLate];

/** What the client lets through as it came from gRPC: cancelled, deadline exceeded, aborted, unavailable. */
const passingCodes: readonly unknown[] = [1, 4, 10, 14];

/** Whether the same call may succeed later: the server is away, has another leader, or is slow. */
export const isEventStoreDbTransient = (error: unknown): boolean =>
  passing.some((kind) => error instanceof kind) ||
  (error instanceof Error && 'metadata' in error && 'code' in error && passingCodes.includes(error.code));

/** The client waits for ever for answers to appends. */
export const within = async <T>(answer: Promise<T>, withinMs: number, what: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AnswerTooLate(what, withinMs)), withinMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Everything that a read brings. It may take as long as it likes as long as something comes. */
export const collected = <E>(read: StreamingRead<E>, withinMs: number, what: string): Promise<readonly E[]> =>
  new Promise((resolve, reject) => {
    const all: E[] = [];
    const late = (): void => {
      reject(new AnswerTooLate(what, withinMs));
      void read.cancel().catch(() => undefined);
    };
    const timer = setTimeout(late, withinMs);
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
    };
    read.on('data', (event: E) => {
      all.push(event);
      timer.refresh();
    });
    read.on('error', (error) => done(() => reject(error)));
    read.on('end', () => done(() => resolve(all)));
  });

const firstWaitMs = 100;
const longestWaitMs = 1_000;

/** Asks again while the server is away, up to a time. Only for what may be asked twice: reads, and appends, whose ids are known. */
export const untilAnswered = async <T>(ask: () => Promise<T>, withinMs: number): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await ask();
    } catch (error) {
      if (!isEventStoreDbTransient(error) || error instanceof AnswerTooLate || performance.now() + waitMs > deadline) throw error;
      await wait(waitMs);
    }
  }
};
