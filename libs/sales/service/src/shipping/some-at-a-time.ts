import { allEnded } from '@stockproof/bus-transport';

/** Works on many things, a few at once; what fails ends when all others have had their turn. */
export const someAtATime = async <T>(atOnce: number, things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> => {
  const left = things.values();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const thing of left) await work(thing).catch((error: unknown) => void failures.push(error));
  };
  await allEnded(Array.from({ length: Math.min(atOnce, things.length) }, lane));
  if (failures.length > 0) throw failures[0];
};

/**
 * Asks for each thing, and once more for those whose answer stayed out: an answer that was lost on its way is made good at once, and
 * does not hold up what comes behind it. Says why the rest was not answered.
 */
export const unansweredOf = async <T>(
  atOnce: number,
  things: readonly T[],
  ask: (thing: T) => Promise<string | null>,
): Promise<readonly string[]> => {
  const silent: T[] = [];
  await someAtATime(atOnce, things, async (thing) => void ((await ask(thing)) !== null && silent.push(thing)));
  const reasons: string[] = [];
  await someAtATime(atOnce, silent, async (thing) => {
    const reason = await ask(thing);
    if (reason !== null) reasons.push(reason);
  });
  return reasons;
};
