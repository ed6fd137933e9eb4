/** What is opened when it is needed, used by many at once, and opened anew after a failure. */
export type Renewed<T> = {
  readonly use: <R>(work: (opened: T) => Promise<R>) => Promise<R>;
  /** Also under the hands of whoever still uses it. */
  readonly close: () => Promise<void>;
};

type Opened<T> = { readonly opening: Promise<T>; users: number };

/** After a failure whoever comes next opens another; what failed is shut when the last who use it have their answers. */
export const renewed = <T>(open: () => Promise<T>, shut: (opened: T) => Promise<void>): Renewed<T> => {
  const all = new Set<Opened<T>>();
  let current: Opened<T> | null = null;
  const openAnother = (): Opened<T> => {
    const opened = { opening: open(), users: 0 };
    all.add(opened);
    return opened;
  };
  const end = async (opened: Opened<T>): Promise<void> => {
    // What could not be opened need not be shut, and what cannot be shut is gone already.
    if (all.delete(opened)) await opened.opening.then(shut).catch(() => undefined);
  };
  return {
    use: async (work) => {
      const opened = (current ??= openAnother());
      opened.users += 1;
      try {
        return await work(await opened.opening);
      } catch (error) {
        if (current === opened) current = null;
        throw error;
      } finally {
        opened.users -= 1;
        if (opened !== current && opened.users === 0) await end(opened);
      }
    },
    close: async () => {
      current = null;
      await Promise.all([...all].map(end));
    },
  };
};
