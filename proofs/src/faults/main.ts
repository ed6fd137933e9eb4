import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isRight } from '../checking/check';
import { countLine, verdictLines } from '../checking/table';
import { endingSignal } from '../processes/ending';
import { cast, type BusKind } from './cast';
import { faultsOf, killedWithWorkInHand } from './fault-schedule';
import { runFaults, type FaultsRun, type Twin } from './run/faults-run';
import { fullSize, shortSize, twinSize } from './sizes';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const secondsOf = (name: string, text: string | undefined, byDefaultMs: number): number => {
  if (text === undefined) return byDefaultMs;
  if (!/^\d{1,5}$/.test(text) || Number(text) === 0) throw new Error(`${name} must be a number of seconds from 1 to 99999, it is ${text}.`);
  return Number(text) * 1_000;
};

const busKindOf = (text = 'postgres'): BusKind => {
  if (text !== 'postgres' && text !== 'kafka') throw new Error(`--bus must be postgres or kafka, it is ${text}.`);
  return text;
};

const twins: readonly Twin[] = ['store', 'refusal', 'acknowledgement'];

const twinOf = (text: string | undefined): Twin => {
  const twin = twins.find((name) => name === text);
  if (text !== undefined && twin === undefined) throw new Error(`--twin must be one of ${twins.join(', ')}, it is ${text}.`);
  return twin ?? null;
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

/** `npm run test:faults -- [--short] [--seed TEXT] [--seconds N] [--every SECONDS] [--bus kafka] [--twin acknowledgement] [--keep]`; the exit code says whether all promises held. */
const main = async (): Promise<void> => {
  const options = {
    short: { type: 'boolean' },
    seed: { type: 'string' },
    seconds: { type: 'string' },
    every: { type: 'string' },
    bus: { type: 'string' },
    twin: { type: 'string' },
    keep: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  const twin = twinOf(values.twin);
  const bus = busKindOf(values.bus);
  const chosen = twin !== null ? twinSize : values.short === true ? shortSize(bus) : fullSize;
  const forMs = secondsOf('--seconds', values.seconds, chosen.forMs);
  const size = { ...chosen, bus, forMs, everyMs: secondsOf('--every', values.every, chosen.everyMs) };
  const seed = values.seed ?? randomBytes(4).toString('hex');
  const plan = twin === 'acknowledgement' ? killedWithWorkInHand(size) : faultsOf(seed, size);
  const signal = endingSignal();
  say(`seed ${seed}: ${cast.length} processes of the product, ${plan.length} faults in ${size.forMs / 1_000} s`);
  const run = await runFaults({ seed, size, plan, twin, keeps: values.keep === true, say, signal });
  tableOf(run).forEach(say);
  const again = ['seconds', 'every', 'bus', 'twin'] as const;
  const sizes = again.flatMap((name) => (values[name] === undefined ? [] : [`--${name} ${values[name]} `]));
  say(`\nagain: npm run test:faults -- ${values.short === true ? '--short ' : ''}${sizes.join('')}--seed ${seed}`);
  process.exitCode = run.violations.length === 0 && run.verdicts.every(isRight) ? 0 : 1;
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
