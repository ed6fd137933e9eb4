import { laneSteps, type Load } from './steps';
import { asking, type Targets } from './asking';
import { takeStep, type Lane } from './lane';
import { signIn, type World } from './world';

/** What a client process is told by the one that started it. */
export type Orders = {
  readonly seed: string;
  readonly client: number;
  readonly size: Load;
  readonly world: World;
  readonly targets: Targets;
  /** Processes that let people in. */
  readonly doors: readonly string[];
  /** Where it writes down what it asked and was answered. */
  readonly file: string;
  /** No lane begins a step after this, in ms since 1970; `null`: all steps are done. */
  readonly until: number | null;
  /** How long it waits for an answer. */
  readonly patienceMs: number;
  /** Asks again at the end whatever was not answered, until it is. */
  readonly asksAgain: boolean;
};
export type Progress = { readonly steps: number } | { readonly done: true };

/** Well below how long a token lasts. */
const renewAfterMs = 45_000;

const work = async ({ seed, client, size, world, targets, doors, file, until, patienceMs, asksAgain }: Orders): Promise<void> => {
  let token = '';
  const renew = async (): Promise<void> => {
    for (const door of doors) {
      const fresh = await signIn(door, world.owner.email, world.owner.password).catch(() => null);
      if (fresh !== null) return void (token = fresh);
    }
  };
  while (token === '') await renew();
  const renewing = setInterval(() => void renew(), renewAfterMs);
  const asked = asking({ file, targets, token: () => token, connections: size.lanes, patienceMs });
  let steps = 0;
  const telling = setInterval(() => tell({ steps }), 100);
  await Promise.all(
    Array.from({ length: size.lanes }, async (_, number) => {
      const lane: Lane = { name: `${seed}-${client}-${number}`, world, asking: asked, orders: new Map(), purchases: new Map() };
      for (const [index, step] of laneSteps(seed, client, number, size).entries()) {
        if (until !== null && Date.now() > until) break;
        await takeStep(lane, index, step);
        steps += 1;
      }
    }),
  );
  tell({ steps });
  if (asksAgain) await asked.askAgain();
  clearInterval(telling);
  clearInterval(renewing);
  await asked.close();
  process.send?.({ done: true }, () => process.disconnect());
};

const tell = (progress: Progress): void => void process.send?.(progress);

/** Who started it is gone: nobody will read what it writes. */
process.once('disconnect', () => process.exit());
process.once('message', (orders: Orders) => {
  void work(orders).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
});
