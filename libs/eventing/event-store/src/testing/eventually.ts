/** Asks the probe until it stops throwing; at the deadline its last complaint is the failure. */
export const eventually = async <T>(probe: () => T | Promise<T>, withinMs = 10_000): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await probe();
    } catch (complaint) {
      if (performance.now() > deadline) throw complaint;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
};
