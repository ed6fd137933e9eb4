/** Aborted by Ctrl-C and SIGTERM: a run ends what it has started before it goes. */
export const endingSignal = (): AbortSignal => {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  return ending.signal;
};

/** Rejects when the run is to end. */
export const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(new Error('The run was ended from outside.'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
