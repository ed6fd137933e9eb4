import { randomFrom } from '../clients/random';
import type { Load } from '../clients/steps';

/** The processes that are killed once so many steps are done, and how long they stay away. */
export type Kill = { readonly afterSteps: number; readonly processes: readonly number[]; readonly awayMs: number };

export type Size = Load & { readonly kills: number; readonly processes: number };

/** Kills are spread over the run, one process or two at once, never before something is under way. */
export const killsOf = (seed: string, { clients, lanes, stepsPerLane, kills, processes }: Size): readonly Kill[] => {
  const random = randomFrom(`${seed}/kills`);
  const steps = clients * lanes * stepsPerLane;
  const each = Array.from({ length: processes }, (_, index) => index);
  return Array.from({ length: kills }, (_, index) => {
    const first = random.pick(each);
    const second = random.pick(each.filter((process) => process !== first));
    return {
      afterSteps: Math.floor((steps * (index + 0.3 + 0.4 * (random.int(0, 100) / 100))) / kills),
      processes: random.chance(0.25) ? [first, second] : [first],
      awayMs: random.pick([0, 0, 500, 2_000, 6_000]),
    };
  });
};
