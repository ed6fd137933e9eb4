import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isRight } from '../checking/check';
import { countLine, verdictLines } from '../checking/table';
import { cast } from './cast';
import { faultsOf } from './fault-schedule';
import { runFaults, type FaultsRun } from './run/faults-run';
import { fullSize, shortSize } from './sizes';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const secondsOf = (name: string, text: string | undefined, byDefaultMs: number): number => {
  if (text === undefined) return byDefaultMs;
  if (!/^\d{1,5}$/.test(text) || Number(text) === 0) throw new Error(`${name} must be a number of seconds from 1 to 99999, it is ${text}.`);
  return Number(text) * 1_000;
};

const tableOf = ({ verdicts, violations, operations, outcomes, faults, looks, seconds, folder }: FaultsRun): readonly string[] => [
  '',
  `${operations} operations and ${faults} faults in ${seconds.toFixed(0)} s, looked at ${looks} times meanwhile`,
  countLine(outcomes),
  '',
  ...verdictLines(verdicts),
  ...violations.map((violation) => `WRONG while it ran: ${violation}`),
  ...(folder === null ? [] : ['', `everything that was said and written is in ${folder}`]),
];

/** `npm run test:faults -- [--short] [--seed TEXT] [--seconds N] [--every SECONDS] [--keep]`; the exit code says whether all promises held. */
const main = async (): Promise<void> => {
  const options = {
    short: { type: 'boolean' },
    seed: { type: 'string' },
    seconds: { type: 'string' },
    every: { type: 'string' },
    keep: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  const chosen = values.short === true ? shortSize : fullSize;
  const forMs = secondsOf('--seconds', values.seconds, chosen.forMs);
  const size = { ...chosen, forMs, everyMs: secondsOf('--every', values.every, chosen.everyMs) };
  const seed = values.seed ?? randomBytes(4).toString('hex');
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  say(`seed ${seed}: ${cast.length} processes of the product, ${faultsOf(seed, size).length} faults in ${size.forMs / 1_000} s`);
  say('partitions are played by relays between the processes');
  const run = await runFaults({ seed, size, keeps: values.keep === true, say, signal: ending.signal });
  tableOf(run).forEach(say);
  const again = ['seconds', 'every'] as const;
  const sizes = again.flatMap((name) => (values[name] === undefined ? [] : [`--${name} ${values[name]} `]));
  say(`\nagain: npm run test:faults -- ${values.short === true ? '--short ' : ''}${sizes.join('')}--seed ${seed}`);
  process.exitCode = run.violations.length === 0 && run.verdicts.every(isRight) ? 0 : 1;
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
