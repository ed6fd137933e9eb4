import type { Load } from '../clients/steps';
import type { BusKind } from './cast';
import type { Pace } from './fault-schedule';

export type Size = Load &
  Pace & {
    /** Asks again at the end whatever was not answered, for as long as a first try may hold its key. */
    readonly asksAgain: boolean;
    /** For how long after the last event everything may take to be as it must. */
    readonly settlesWithinMs: number;
  };

const steps = { workload: 'mixed', stepsPerLane: 20_000, bus: 'postgres' } as const;

/** Ten minutes, a fault every five seconds. */
export const fullSize: Size = {
  ...steps,
  clients: 2,
  lanes: 16,
  forMs: 600_000,
  everyMs: 5_000,
  asksAgain: true,
  settlesWithinMs: 150_000,
};

/**
 * Each kind of fault at least once, in less than a minute. On Kafka they have more time: a broker takes five seconds to be back, offsets
 * are set back only while both processes of stock are away, and where everything is away at once nothing is learnt.
 */
export const shortSize = (bus: BusKind): Size => ({
  ...steps,
  bus,
  clients: 1,
  lanes: 12,
  ...(bus === 'kafka' ? { forMs: 48_000, everyMs: 6_000 } : { forMs: 21_000, everyMs: 3_000 }),
  asksAgain: false,
  settlesWithinMs: 90_000,
});

/** A broken twin is not waited for as long. */
export const twinSize: Size = { ...shortSize('postgres'), forMs: 20_000, everyMs: 4_000, settlesWithinMs: 15_000 };
