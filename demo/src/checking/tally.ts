/** Sums by name. */
export type Tally = {
  readonly add: (name: string, quantity: number) => void;
  readonly of: (name: string) => number;
  readonly names: () => readonly string[];
};

export const tally = (): Tally => {
  const sums = new Map<string, number>();
  return {
    add: (name, quantity) => void sums.set(name, (sums.get(name) ?? 0) + quantity),
    of: (name) => sums.get(name) ?? 0,
    names: () => [...sums.keys()],
  };
};

/** One name of several parts that cannot be mistaken for another. */
export const named = (...parts: readonly string[]): string => JSON.stringify(parts);
