/** Tries the probe until it no longer throws; after the deadline throws what the probe said last. */
export const eventually = async <T>(probe: () => T | Promise<T>, deadlineMs = 20_000): Promise<T> => {
  const end = performance.now() + deadlineMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
};
