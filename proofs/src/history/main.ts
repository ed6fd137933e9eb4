import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isRight } from '../checking/check';
import { endingSignal } from '../processes/ending';
import { runHistory } from './run/history';
import type { Fault } from './run/product';
import { fullSize, shortSize, twinSize } from './sizes';
import { tableOf } from './table';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const wholeNumber = (name: string, text: string | undefined, byDefault: number): number => {
  if (text === undefined) return byDefault;
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${name} must be a whole number, it is ${text}.`);
  return Number(text);
};

const twinOf = (text: string | undefined): Fault => {
  if (text === undefined) return null;
  if (text !== 'store' && text !== 'refusal') throw new Error(`--twin must be store or refusal, it is ${text}.`);
  return text;
};

/** `npm run test:history -- [--short] [--seed TEXT] [--steps-per-lane N] [--kills N] [--twin store|refusal] [--keep]`; the exit code says whether all promises held. */
const main = async (): Promise<void> => {
  const options = {
    short: { type: 'boolean' },
    seed: { type: 'string' },
    'steps-per-lane': { type: 'string' },
    kills: { type: 'string' },
    twin: { type: 'string' },
    keep: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  const fault = twinOf(values.twin);
  const chosen = fault !== null ? twinSize : values.short === true ? shortSize : fullSize;
  const size = {
    ...chosen,
    stepsPerLane: wholeNumber('--steps-per-lane', values['steps-per-lane'], chosen.stepsPerLane),
    kills: wholeNumber('--kills', values.kills, chosen.kills),
  };
  const seed = values.seed ?? randomBytes(4).toString('hex');
  say(`seed ${seed}: ${size.clients} clients of ${size.lanes} lanes, ${size.processes} processes of the product, ${size.kills} kills`);
  const history = await runHistory({
    seed,
    size,
    fault,
    settles: fault === null,
    keeps: values.keep === true,
    say,
    signal: endingSignal(),
  });
  tableOf(history).forEach(say);
  say(`\nagain: npm run test:history -- ${values.short === true ? '--short ' : ''}--seed ${seed}`);
  process.exitCode = history.verdicts.every(isRight) ? 0 : 1;
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
