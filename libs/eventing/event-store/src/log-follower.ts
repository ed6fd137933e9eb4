import type { LogBatch, LogSubscription, Position } from './event-store';

/** What a follower needs of a log. */
export type FollowedLog = {
  readonly readAll: (after: Position, limit: number) => Promise<LogBatch>;
  /** Calls the listener whenever there may be more to read; the answer ends that. */
  readonly onChange: (listener: () => void) => () => void;
  /** A read that failed is tried again at the next change: engines come back. */
  readonly readFailed: (error: unknown) => void;
};

const defaultBatchSize = 500;

/** Reads on after a position for ever, one batch at a time: the subscription of every adapter that can read pages and be woken. */
export const followLog = (
  log: FollowedLog,
  after: Position,
  onBatch: (batch: LogBatch) => Promise<void>,
  { batchSize = defaultBatchSize }: { readonly batchSize?: number } = {},
): LogSubscription => {
  const state = { stopped: false, changed: true, wake: () => {} };
  const nudge = () => {
    state.changed = true;
    state.wake();
  };
  const silence = log.onChange(nudge);

  const read = async (position: Position): Promise<LogBatch> => {
    state.changed = false;
    try {
      return await log.readAll(position, batchSize);
    } catch (error) {
      if (!state.stopped) log.readFailed(error);
      return { events: [], scannedTo: position };
    }
  };
  const untilChanged = () => (state.changed || state.stopped ? undefined : new Promise<void>((wake) => (state.wake = wake)));

  const follow = async (): Promise<void> => {
    let position = after;
    while (!state.stopped) {
      const batch = await read(position);
      position = batch.scannedTo;
      if (batch.events.length === 0) await untilChanged();
      else if (!state.stopped) await onBatch(batch);
    }
  };

  const ended = follow().finally(silence);
  return {
    ended,
    stop: async () => {
      state.stopped = true;
      state.wake();
      await ended.catch(() => undefined); // whoever waits for `ended` hears of it
    },
  };
};

/** Listeners of a log that is written to in this process. */
export type Bell = { readonly ring: () => void; readonly onRing: (listener: () => void) => () => void };

export const bell = (): Bell => {
  const listeners = new Set<() => void>();
  return {
    ring: () => listeners.forEach((listener) => listener()),
    onRing: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
