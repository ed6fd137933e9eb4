type Waiting<I, O> = { readonly item: I; readonly resolve: (output: O) => void; readonly reject: (error: unknown) => void };

export type Gathered<I, O> = {
  readonly add: (item: I) => Promise<O>;
  /** Resolves when nothing is waiting or in flight. */
  readonly idle: () => Promise<void>;
};

export type GatheringOptions<I, O> = {
  /** One call for many; answers in the order of the items. */
  readonly run: (items: readonly I[]) => Promise<readonly O[]>;
  /** How many of the waiting, from the front, go in one call. */
  readonly fits: (items: readonly I[]) => number;
  /**
   * The call may be made again: when one for many fails, each item is tried alone, so a bad one fails only itself. Otherwise all that
   * went together fail together.
   */
  readonly repeatable: boolean;
};

/**
 * One round trip for many callers: what comes while a call is in flight waits and goes together with the next, in the order it
 * came.
 */
export const gathered = <I, O>({ run, fits, repeatable }: GatheringOptions<I, O>): Gathered<I, O> => {
  const waiting: Waiting<I, O>[] = [];
  let running: Promise<void> | null = null;

  const runTogether = async (now: readonly Waiting<I, O>[]): Promise<void> => {
    try {
      const outputs = await run(now.map(({ item }) => item));
      now.forEach(({ resolve }, index) => resolve(outputs[index] as O));
    } catch (error) {
      if (repeatable && now.length > 1) for (const one of now) await runTogether([one]);
      else now.forEach(({ reject }) => reject(error));
    }
  };
  const runAll = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await runTogether(waiting.splice(0, Math.max(1, fits(waiting.map(({ item }) => item)))));
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
