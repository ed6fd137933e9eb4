/** Work for one stream, taken together: what arrives while a batch is under way makes up the next. */
export type StreamQueues<T> = { readonly enter: (stream: string, item: T) => void };

/** The most that is decided and appended together: bounds the size of one append and the wait of the first in it. */
const batchLimit = 100;

export const streamQueues = <T>(work: (stream: string, batch: readonly T[]) => Promise<void>): StreamQueues<T> => {
  const waiting = new Map<string, T[]>();

  const drain = async (stream: string, queue: T[]): Promise<void> => {
    // Commands that arrive in the same turn of the event loop belong together.
    await Promise.resolve();
    while (queue.length > 0) await work(stream, queue.splice(0, batchLimit));
    waiting.delete(stream);
  };

  return {
    enter: (stream, item) => {
      const queue = waiting.get(stream);
      if (queue) {
        queue.push(item);
        return;
      }
      const started = [item];
      waiting.set(stream, started);
      void drain(stream, started);
    },
  };
};
