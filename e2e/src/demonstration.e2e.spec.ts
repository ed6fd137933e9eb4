import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newInstallation, type App, type Installation } from './testing/installation';
import { startProgram, untilTrue, type ProductProcess } from './testing/product-process';
import { startSimulator, type Simulator } from './testing/simulator';

type Table = { readonly invariants: readonly { readonly name: string; readonly holds: boolean; readonly faults: readonly string[] }[] };

/** The demonstration against an installation and a simulator of its own. `meanwhile` may do what it wants to the product. */
const runDemo = async (
  app: App,
  meanwhile: (installation: Installation, demo: ProductProcess) => Promise<void> = async () => undefined,
): Promise<{ readonly code: number | null; readonly table: Table; readonly output: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-demo-'));
  const simulator: Simulator = await startSimulator();
  const installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
  try {
    await installation.start(app);
    const tableFile = join(folder, 'table.json');
    const words = ['--url', installation.base, '--simulator', simulator.url, '--table', tableFile];
    const demo = startProgram('demo', { STOCKPROOF_DATA_DIR: installation.dataDir }, words);
    await meanwhile(installation, demo);
    const { code } = await demo.ended;
    if (code !== 0) throw new Error(`The demonstration ended with ${code}:\n${demo.output()}`);
    return { code, table: JSON.parse(readFileSync(tableFile, 'utf8')) as Table, output: demo.output() };
  } finally {
    await installation.remove();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const reached = (demo: ProductProcess, words: RegExp): Promise<void> =>
  untilTrue(
    () => words.test(demo.output()),
    300_000,
    () => `the demonstration has not come so far:\n${demo.output()}`,
  );

/** Where the product is killed: right after these words, in the middle of what follows them. */
const moments: readonly (readonly [step: number, words: RegExp])[] = [
  [1, /an account$/m],
  [3, /shopify-orders\.csv: \d+ of/],
  [4, /^4\/8/m],
  [5, /^ *5\/8/m],
  [6, /ordered and announced/],
];

describe('the demonstration', () => {
  let undisturbed: Table;

  it('ends with a table in which every invariant holds', async () => {
    const { table } = await runDemo('all-in-one');
    undisturbed = table;
    expect(table.invariants.filter(({ holds }) => !holds)).toEqual([]);
    expect(table.invariants.length).toBeGreaterThanOrEqual(12);
  }, 400_000);

  it('ends with the same table while the product is killed (-9) during its steps, once with the database, and started again', async () => {
    const killed: number[] = [];
    const { table } = await runDemo('all-in-one', async (installation, demo) => {
      for (const [step, words] of moments) {
        await reached(demo, words);
        await (step === 4 ? installation.killWithDatabase() : installation.kill());
        await installation.start('all-in-one');
        killed.push(step);
      }
    });
    expect(killed).toEqual([1, 3, 4, 5, 6]);
    expect(table).toEqual(undisturbed);
  }, 600_000);

  it('ends with the same table against the five services as processes of their own', async () => {
    const { table } = await runDemo('services-launcher');
    expect(table).toEqual(undisturbed);
  }, 400_000);
});
