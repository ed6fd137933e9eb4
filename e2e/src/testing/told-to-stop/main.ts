import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { newMerchant } from '../merchant';
import { openShop } from '../order-desk';
import { untilErrandsAreTaken } from './effects';
import { countsOf, linesOf, wrongIn, type Seen } from './judging';
import { withEffects } from './load';
import { allAtOnce, oneByOne, type Run } from './phases';
import { tenProcesses, type TenProcesses } from './ten-processes';

const began = performance.now();
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void => print(`${((performance.now() - began) / 1_000).toFixed(1).padStart(7)} s  ${line}`);

const stocked = 1_000_000;
const lanes = 6;

const startAll = async ({ all }: TenProcesses): Promise<void> => {
  await Promise.all(all.map(({ instance }) => instance.start()));
  say('all ten are ready');
};

const prove = async (ten: TenProcesses, seed: string): Promise<readonly Seen[]> => {
  await startAll(ten);
  await ten.gateway.start();
  const merchant = await newMerchant({ base: ten.gateway.base, adminPassword: ten.adminPassword }, null);
  await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: stocked }]);
  await untilErrandsAreTaken(merchant);
  const bases: Run['bases'] = (service) => ten.of[service].map(({ instance }) => instance.base);
  const run: Run = { ten, merchant, bases, lanes, seed, say };
  const rolled = await oneByOne(run);
  const last = await allAtOnce(run);
  // What was accepted is worked off by whoever comes next.
  await startAll(ten);
  return [await withEffects(rolled, ten.databaseUrl), await withEffects(last, ten.databaseUrl)];
};

/** Rejects when the run is ended from outside: what it has started goes with it. */
const endedFromOutside = (): Promise<never> =>
  new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('The run was ended from outside.')));
  });

/** `npm run proof:told-to-stop -- [--seed TEXT]`: the exit code says whether the promise held, the last line says what was counted. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { seed: { type: 'string' } } });
  const seed = values.seed ?? randomBytes(4).toString('hex');
  print(`seed ${seed}: five services, two processes each, ${lanes} lanes`);
  const ten = await tenProcesses();
  try {
    const seen = await Promise.race([prove(ten, seed), endedFromOutside()]);
    const wrong = seen.flatMap(wrongIn);
    seen.forEach((each) => linesOf(each).forEach(print));
    wrong.forEach((line) => print(`WRONG: ${line}`));
    print(`again: npm run proof:told-to-stop -- --seed ${seed}`);
    print(`${wrong.length === 0 ? 'held' : 'BROKEN'}: ${countsOf(seen)}`);
    process.exitCode = wrong.length === 0 ? 0 : 1;
  } finally {
    await ten.remove();
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
