import type { Bench, BenchCase, CaseResult, Check, Measurement } from '../bench-case';
import { underLoad } from '../load';
import { medianRatio, medianRun, type Run } from '../statistics';
import { openDesk, type Queue } from '../waiting-orders/queue';

const few = 10;
const sizes = { short: [few, 1_000], whole: [few, 1_000, 5_000] };
/** Fewer rounds are a short run. */
const wholeRounds = 5;
/** Ten arrivals among few orders may cost as much as one among a thousand: those in vain cost time in proportion, but little each. */
const aimedAt = 100;
/** What each order wants: far more than what comes at a time. */
const wanted = 100;

/** One unit comes, which serves nobody, and goes again: what those who wait in vain cost. */
export const waitingOrders: BenchCase = {
  title: 'A unit arrives that many orders wait for and none can use, next to few orders',
  run: async ({ url, effort, say }: Bench): Promise<CaseResult> => {
    const desk = await openDesk(url);
    try {
      const queues: Queue[] = [];
      for (const size of effort.rounds < wholeRounds ? sizes.short : sizes.whole) {
        say(`${size} orders begin to wait`);
        queues.push(await desk.queueOf(size, wanted));
      }
      const runs = queues.map((): Run[] => []);
      for (let round = 0; round < effort.rounds; round++) {
        say(`round ${round + 1}`);
        for (const [index, queue] of queues.entries()) {
          const { run } = await underLoad({ callers: 1, warmSeconds: effort.warmSeconds, seconds: effort.seconds }, async () => {
            await queue.adjust(1);
            await queue.adjust(-1);
          });
          runs[index]?.push(run);
        }
      }
      const nameOf = ({ size }: Queue): string => `arrivals while ${size.toLocaleString('en')} orders wait`;
      const measurements = queues.map((queue, index): Measurement => {
        const own = runs[index] ?? [];
        return { name: nameOf(queue), callers: 1, runs: own, median: medianRun(own) };
      });
      const aims = queues.slice(1).map((queue, index) => ({
        name: `${nameOf(queue)}, next to ${few}`,
        atLeast: aimedAt / queue.size,
        measured: medianRatio(runs[index + 1] ?? [], runs[0] ?? []),
      }));
      return { measurements, aims, checks: await Promise.all(queues.map(servesTheOldest)) };
    } finally {
      await desk.close();
    }
  },
};

/** What comes for two of them goes to the two oldest, and all others still wait. */
const servesTheOldest = async (queue: Queue): Promise<Check> => {
  const before = await queue.granted();
  await queue.adjust(2 * wanted);
  const [granted, marked] = [await queue.granted(), await queue.marked()];
  return {
    name: `of ${queue.size.toLocaleString('en')} waiting orders nobody was served too early, then the two oldest`,
    passed: before.length === 0 && String(granted) === '0,1' && marked === queue.size - 2,
    found: `${before.length} before, then ${granted.join(' and ')}; ${marked} wait`,
  };
};
