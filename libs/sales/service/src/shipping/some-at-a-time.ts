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
