import type { Running } from './lifetime';

type Part = {
  readonly what: string;
  readonly close: () => Promise<void>;
  /** What of it has not ended yet, where it consists of parts itself. */
  readonly unfinished?: () => readonly string[];
};

type Closing = (what: string, close: () => Promise<void>, unfinished?: () => readonly string[]) => void;

const throwAll = (failures: readonly unknown[]): void => {
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
};

/** Side by side: each may have to wait. One that cannot stop does not keep the others; all that could not are named. */
export const stopTogether = async (running: readonly Pick<Running, 'stop'>[]): Promise<void> => {
  const stopped = await Promise.allSettled(running.map(({ stop }) => stop()));
  throwAll(stopped.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : [])));
};

export type ClosedInReverse = Required<Pick<Running, 'stop' | 'unfinished'>>;

/** Runs `start`; what it registers is closed in reverse, on `stop` or when `start` itself fails. One part that cannot close does not keep the others. */
export const closedInReverse = async (start: (closing: Closing) => Promise<void>): Promise<ClosedInReverse> => {
  const parts: Part[] = [];
  let closing: Part | undefined;
  const stop = async (): Promise<void> => {
    const failures: unknown[] = [];
    while ((closing = parts.pop())) {
      const { what, close } = closing;
      await close().catch((error: unknown) => failures.push(new Error(`${what} could not be closed`, { cause: error })));
    }
    throwAll(failures);
  };
  try {
    await start((what, close, unfinished) => void parts.push({ what, close, ...(unfinished ? { unfinished } : {}) }));
  } catch (error) {
    await stop().catch(() => undefined); // what it could not start matters more
    throw error;
  }
  return { stop, unfinished: () => (closing ? (closing.unfinished?.() ?? [closing.what]) : []) };
};
