import type { Load } from '../clients/steps';

export type Size = Load & {
  /** How long there is load, and how often something fails. */
  readonly forMs: number;
  readonly everyMs: number;
  /** Asks again at the end whatever was not answered, for as long as a first try may hold its key. */
  readonly asksAgain: boolean;
};

const steps = { workload: 'mixed', stepsPerLane: 20_000 } as const;

/** Ten minutes, a fault every five seconds. */
export const fullSize: Size = { ...steps, clients: 2, lanes: 16, forMs: 600_000, everyMs: 5_000, asksAgain: true };

/** Each kind of fault at least once, in less than a minute. */
export const shortSize: Size = { ...steps, clients: 1, lanes: 12, forMs: 21_000, everyMs: 3_000, asksAgain: false };
