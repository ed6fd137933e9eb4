import { StartupError } from './startup-error';

/** A process that runs until it is told to stop. */
export type Running = {
  /** In this order: no new work, finish what is in hand, commit, close. */
  readonly stop: () => Promise<void>;
};

/** Beyond this the process ends all the same; what was in hand is done again by whoever takes over. */
const stopWithinMs = 28_000;

/** npm hands Ctrl-C on to us although the terminal sent it to us as well: only a later one is a second wish. */
const sameWishMs = 2_000;

/**
 * Starts, then waits for SIGTERM, SIGINT or the end of a parent that holds an IPC channel, stops in order and exits with 0. What
 * cannot start exits with 1: a `StartupError` as its sentence alone, anything else with its stack.
 */
export const runUntilStopped = async (
  start: () => Promise<Running>,
  print: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Promise<void> => {
  const wishes = stopWishes();
  try {
    const running = await start();
    await wishes.first;
    const limit = setTimeout(() => {
      print('Stopping took too long; what was in hand will be done again.');
      process.exit(1);
    }, stopWithinMs);
    wishes.onSecond(() => process.exit(1));
    await running.stop();
    clearTimeout(limit);
    process.exit(0);
  } catch (error) {
    print(
      error instanceof StartupError
        ? error.message
        : `Stockproof could not start or stop: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exit(1);
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
