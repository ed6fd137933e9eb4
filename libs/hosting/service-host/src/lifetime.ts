import { StartupError } from './startup-error';

/** A process that runs until it is told to stop. */
export type Running = {
  /** In this order: no new work, finish what is in hand, commit, close. */
  readonly stop: () => Promise<void>;
  /** Nobody waits for the world any longer: what has no answer yet fails, so that stopping comes to its end. */
  readonly giveUp?: () => void;
  /** What stopping waits for at this moment, by name. */
  readonly unfinished?: () => readonly string[];
};

/** Whoever is told to stop is given this, all in all, before it is killed: `stop_grace_period` of containers, more on Kubernetes. */
const graceMs = 30_000;

export type Patience = {
  /** How long work in hand, or a start, is waited for. */
  readonly giveUpAfterMs: number;
  /** Beyond this the process ends all the same. */
  readonly stopWithinMs: number;
};

/** Giving up leaves time to answer what was asked, and to close. It comes before connections of clients are closed without an answer. */
const usual: Patience = { giveUpAfterMs: graceMs - 12_000, stopWithinMs: graceMs - 2_000 };

/** npm hands Ctrl-C on to us although the terminal sent it to us as well: only a later one is a second wish. */
const sameWishMs = 2_000;

const doneAgain = 'what was in hand will be done again';

/**
 * Starts, then waits for SIGTERM, SIGINT or the end of a parent that holds an IPC channel, stops in order and exits with 0, or with 1
 * where something in hand could not be finished. What cannot start exits with 1: a `StartupError` as its sentence alone, anything else
 * with its stack.
 */
export const runUntilStopped = async (
  start: () => Promise<Running>,
  print: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
  patience: Patience = usual,
): Promise<void> => {
  const wishes = stopWishes();
  let running: Running | null = null;
  let isDone = true;
  const names = (): string => running?.unfinished?.().join(', ') || 'something';
  const end = (why: string): never => {
    print(why);
    process.exit(1);
  };
  void wishes.first.then(() => {
    wishes.onSecond(() => process.exit(1));
    setTimeout(() => {
      if (!running) end(`Told to stop while it was starting, which did not come to an end; ${doneAgain}.`);
      isDone = false;
      print(`Not finished within ${patience.giveUpAfterMs / 1_000} s: ${names()}. It is not waited for any longer; ${doneAgain}.`);
      running?.giveUp?.();
    }, patience.giveUpAfterMs);
    setTimeout(() => end(`Stopping took too long, and ends without: ${names()}; ${doneAgain}.`), patience.stopWithinMs);
  });
  try {
    running = await start();
    await wishes.first;
    await running.stop();
    process.exit(isDone ? 0 : 1);
  } catch (error) {
    end(
      error instanceof StartupError
        ? error.message
        : `Stockproof could not start or stop: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
};

const stopWishes = (): { readonly first: Promise<void>; readonly onSecond: (act: () => void) => void } => {
  let firstAt: number | null = null;
  let second: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    const wish = (): void => {
      if (firstAt !== null && performance.now() - firstAt > sameWishMs) second();
      firstAt ??= performance.now();
      resolve();
    };
    process.on('SIGTERM', wish);
    process.on('SIGINT', wish);
    if (process.channel) process.on('disconnect', wish);
  });
  return { first, onSecond: (act) => void (second = act) };
};
