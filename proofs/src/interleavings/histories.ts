import type { PendingCall } from './captured-calls';
import { stockProcess, type Input, type StockProcess } from './stock-process';
import type { Twin } from './twin';

/**
 * A process at one moment: what it has learned since its start. Running code cannot be copied, but it can be run again: the same
 * history makes the same process, so the search keeps histories and runs each only once further.
 */
export type Moment = {
  /** Equal moments have equal numbers. */
  readonly number: number;
  readonly process: number;
  readonly past: Past | null;
  readonly pending: readonly PendingCall[];
  readonly isBusy: boolean;
  readonly failure: string | null;
};

/** The last moment at which the process did something, and what it was told since. */
type Past = { readonly moment: Moment; readonly told: readonly Told[] };
type Told = { readonly key: string; readonly input: Input };

export type Histories = {
  readonly start: (process: number) => Moment;
  /** `key` names the input: equal ones lead to the same moment. */
  readonly after: (moment: Moment, key: string, input: () => Promise<Input>) => Promise<Moment>;
  /** Moments so far, and inputs that the product's code was run with to get there. */
  readonly counts: () => { readonly moments: number; readonly run: number };
};

/** Running processes that are kept to go on with, so that not every history is run from its start. */
const runningKept = 3_000;

/** Command handling gives up what waits for a minute of real time: nothing that has stood for so long is gone on with. */
const runningForMs = 20_000;

type Running = { readonly process: StockProcess; readonly since: number };

/** Processes that run: some are kept where they stand, all others are run again from their start. */
const runningProcesses = (twin: Twin) => {
  const kept = new Map<Moment, Running>();
  let run = 0;
  const take = async (process: StockProcess, input: Input): Promise<void> => {
    await process.take(input);
    run += 1;
  };
  const again = async (number: number, past: Past | null): Promise<StockProcess> => {
    const process = stockProcess(number, twin);
    for (const input of inputsOf(past)) await take(process, input);
    return process;
  };
  return {
    take,
    again,
    /** Whoever asks for it moves it on: it is not kept any longer. */
    at: async (moment: Moment): Promise<Running> => {
      const known = kept.get(moment);
      kept.delete(moment);
      if (known && performance.now() - known.since < runningForMs) return known;
      return { process: await again(moment.process, moment.past), since: performance.now() };
    },
    keep: (moment: Moment, process: Running): void => {
      kept.set(moment, process);
      const oldest = kept.keys().next();
      if (kept.size > runningKept && !oldest.done) kept.delete(oldest.value);
    },
    count: () => run,
  };
};

export const histories = (twin: Twin): Histories => {
  const next = new Map<string, Moment>();
  const running = runningProcesses(twin);
  const started = new Map<number, Moment>();
  let moments = 0;

  const momentOf = (number: number, past: Past | null, process: StockProcess): Moment => ({
    number: (moments += 1),
    process: number,
    past,
    pending: process.pending(),
    isBusy: process.isBusy(),
    failure: process.failure(),
  });

  /** Told the same in another order, has it come to the same? Then it is the same; else in this order it is another. */
  const reached = async (before: Moment, told: Told, process: StockProcess): Promise<Moment> => {
    const sorted = pastWith(before, told);
    const key = keyOf(sorted);
    if (sorted.told.at(-1) === told) return known(key, momentOf(before.process, sorted, process));
    const other = next.get(key) ?? known(key, momentOf(before.process, sorted, await running.again(before.process, sorted)));
    if (outwardly(other) === outwardly({ pending: process.pending(), isBusy: process.isBusy(), failure: process.failure() })) return other;
    return momentOf(before.process, { moment: before, told: [told] }, process);
  };

  const known = (key: string, moment: Moment): Moment => {
    const first = next.get(key) ?? moment;
    next.set(key, first);
    return first;
  };

  return {
    start: (number) => {
      const moment = started.get(number) ?? momentOf(number, null, stockProcess(number, twin));
      started.set(number, moment);
      return moment;
    },
    after: async (before, key, input) => {
      const inThisOrder = `${before.number} then ${key}`;
      const known = next.get(inThisOrder);
      if (known) return known;
      const { process, since } = await running.at(before);
      const told = { key, input: await input() };
      await running.take(process, told.input);
      const moment = await reached(before, told, process);
      next.set(inThisOrder, moment);
      running.keep(moment, { process, since });
      return moment;
    },
    counts: () => ({ moments, run: running.count() }),
  };
};

/** Answers to calls that were made side by side, before the last of which the process did nothing: put in the order of the calls. */
const pastWith = (before: Moment, told: Told): Past => {
  const { past, pending } = before;
  const isMoved =
    past === null || past.told.some(({ input }) => input.is === 'task' || input.now !== told.input.now) || hasMoved(past, pending);
  if (isMoved || told.input.is === 'task') return { moment: before, told: [told] };
  return { moment: past.moment, told: [...past.told, told].sort((one, other) => callOf(one) - callOf(other)) };
};

const callOf = ({ input }: Told): number => (input.is === 'answer' ? input.call : 0);

/** Whether it has made a new call, or come to its end, since. */
const hasMoved = ({ moment, told }: Past, pending: readonly PendingCall[]): boolean => {
  const before = new Set(moment.pending.map(({ number }) => number));
  return pending.length === 0 || pending.some(({ number }) => !before.has(number)) || told.length === 0;
};

const keyOf = ({ moment, told }: Past): string => `${moment.number} ${told.map(({ key }) => key).join(' & ')}`;

const outwardly = ({ pending, isBusy, failure }: Pick<Moment, 'pending' | 'isBusy' | 'failure'>): string =>
  JSON.stringify([pending, isBusy, failure]);

const inputsOf = (past: Past | null): readonly Input[] => {
  const inputs: Input[] = [];
  for (let at = past; at !== null; at = at.moment.past) inputs.unshift(...at.told.map(({ input }) => input));
  return inputs;
};
