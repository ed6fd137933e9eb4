const nothing = (): void => undefined;

/**
 * Adds in the order of the calls, however long preparing each takes; all are prepared at once. A call that cannot be prepared fails
 * alone.
 */
export const inTurn = <A, I, O>(prepare: (asked: A) => Promise<I>, add: (item: I) => Promise<O>): ((asked: A) => Promise<O>) => {
  let previous: Promise<void> = Promise.resolve();
  return async (asked) => {
    const added = Promise.all([prepare(asked), previous]).then(([item]) => ({ answer: add(item) }));
    // Says when, never what: each would otherwise hold all that were ever called before it.
    previous = added.then(nothing, nothing);
    return (await added).answer;
  };
};
