import type { Slots } from './job-store';

/** What this process is running at the moment, by kind. */
export type WorkInHand<Held> = {
  readonly begin: (kind: string, held: Held, run: () => Promise<void>) => void;
  /** How many more of each kind may start; kinds without room are left out. */
  readonly free: (kinds: Iterable<string>) => readonly Slots[];
  readonly held: () => readonly Held[];
  readonly settled: () => Promise<void>;
};

export type WorkInHandOptions = {
  readonly atOncePerKind: number;
  readonly onEnd: () => void;
  /** The outcome could not be written: the lease runs out and the work is done again. */
  readonly onUnwritten: (kind: string, error: unknown) => void;
};

export const workInHand = <Held>({ atOncePerKind, onEnd, onUnwritten }: WorkInHandOptions): WorkInHand<Held> => {
  const running = new Map<Held, { readonly kind: string; readonly ended: Promise<void> }>();
  const countOf = (kind: string): number => [...running.values()].filter((one) => one.kind === kind).length;
  return {
    begin: (kind, held, run) => {
      const ended = run()
        .catch((error: unknown) => onUnwritten(kind, error))
        .then(() => {
          running.delete(held);
          onEnd();
        });
      running.set(held, { kind, ended });
    },
    free: (kinds) => [...kinds].map((kind) => ({ kind, free: atOncePerKind - countOf(kind) })).filter((slots) => slots.free > 0),
    held: () => [...running.keys()],
    settled: async () => {
      while (running.size > 0) await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
};
