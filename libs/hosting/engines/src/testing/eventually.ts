/** Asks again until the probe no longer throws; after the deadline its last error, which says what it saw, is the answer. */
export const eventually = async <T>(probe: () => Promise<T>, withinMs = 20_000): Promise<T> => {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
};
