type Waiting<I, O> = { readonly item: I; readonly resolve: (output: O) => void; readonly reject: (error: unknown) => void };

export type Gathered<I, O> = {
  readonly add: (item: I) => Promise<O>;
  /** Resolves when nothing is waiting or in flight. */
  readonly idle: () => Promise<void>;
};

/**
 * One round trip for many callers: what comes while a call is in flight waits and goes together with the next, in the order it
 * came. Answers come in the order of the items. `fits` says how many of the waiting go in one call.
 */
export const gathered = <I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  fits: (items: readonly I[]) => number,
): Gathered<I, O> => {
  const waiting: Waiting<I, O>[] = [];
  let running: Promise<void> | null = null;

  const runOnce = async (): Promise<void> => {
    const now = waiting.splice(0, Math.max(1, fits(waiting.map(({ item }) => item))));
    try {
      const outputs = await run(now.map(({ item }) => item));
      now.forEach(({ resolve }, index) => resolve(outputs[index] as O));
    } catch (error) {
      now.forEach(({ reject }) => reject(error));
    }
  };
  const runAll = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await runOnce();
    running = null;
  };
  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= runAll();
      }),
    idle: async () => {
      while (running) await running;
    },
  };
};

/** Takes from the front until the sizes add up to more than `most`. */
export const upTo =
  <I>(most: number, sizeOf: (item: I) => number) =>
  (items: readonly I[]): number => {
    let size = 0;
    const over = items.findIndex((item) => (size += sizeOf(item)) > most);
    return over === -1 ? items.length : over;
  };
