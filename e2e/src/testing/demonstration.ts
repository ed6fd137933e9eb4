import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newInstallation, type App, type Installation } from './installation';
import { startProgram, untilTrue, type ProductProcess } from './product-process';
import { startSimulator, type Simulator } from './simulator';

export type DemoTable = {
  readonly invariants: readonly { readonly name: string; readonly holds: boolean; readonly faults: readonly string[] }[];
};

export type DemoRun = {
  readonly app: App;
  /** Which engines, for one. */
  readonly environment?: Readonly<Record<string, string>>;
  /** May do what it wants to the product while the demonstration runs. */
  readonly meanwhile?: (installation: Installation, demo: ProductProcess) => Promise<void>;
};

/** The demonstration against an installation and a simulator of its own. */
export const runDemo = async ({ app, environment = {}, meanwhile = async () => undefined }: DemoRun): Promise<DemoTable> => {
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-demo-'));
  const simulator: Simulator = await startSimulator();
  const installation = await newInstallation({ ...environment, STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
  try {
    await installation.start(app);
    const tableFile = join(folder, 'table.json');
    const saidFile = join(folder, 'said.json');
    const words = ['--url', installation.base, '--simulator', simulator.url, '--table', tableFile, '--said', saidFile];
    const demo = startProgram('demo', { STOCKPROOF_DATA_DIR: installation.dataDir }, words);
    await meanwhile(installation, demo);
    const { code } = await demo.ended;
    if (code !== 0) throw new Error(`The demonstration ended with ${code}:\n${demo.output()}`);
    const served = servedFrom(JSON.parse(readFileSync(saidFile, 'utf8')) as Said);
    runs = { first: runs?.first ?? served, last: served };
    return JSON.parse(readFileSync(tableFile, 'utf8')) as DemoTable;
  } finally {
    await installation.remove();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

type Said = {
  readonly orders: readonly {
    readonly number: string;
    readonly lines: readonly { readonly sku: string; readonly shipped: number }[];
    readonly shipments: readonly { readonly warehouse: string; readonly status: string }[];
  }[];
};

/** By order: what was shipped of it, and in which shipments. */
const servedFrom = ({ orders }: Said): ReadonlyMap<string, string> =>
  new Map(
    orders.map(({ number, lines, shipments }) => [
      number,
      [
        ...lines.map(({ sku, shipped }) => `${shipped} ${sku}`),
        ...shipments.map(({ warehouse, status }) => `${warehouse} ${status}`).toSorted(),
      ].join(', '),
    ]),
  );

let runs: { readonly first: ReadonlyMap<string, string>; readonly last: ReadonlyMap<string, string> } | undefined;

/** Orders that the last run served in another way than the first: what to look at where their tables differ. */
export const servedOtherwise = (): string => {
  if (runs === undefined) return '';
  const { first, last } = runs;
  return [...first]
    .flatMap(([number, how]) => (last.get(number) === how ? [] : [`${number}: ${how} – now ${last.get(number)}\n`]))
    .join('');
};

export const demoHasReached = (demo: ProductProcess, words: RegExp): Promise<void> =>
  untilTrue(
    () => words.test(demo.output()),
    300_000,
    () => `the demonstration has not come so far:\n${demo.output()}`,
  );

const expectedFile = join(__dirname, 'demonstration-table.json');

/**
 * The table as every run must end with it, whatever engines it ran on and whatever happened meanwhile. After a change of the
 * demonstration an undisturbed run with `STOCKPROOF_DEMO_TABLE=write` makes it anew.
 */
export const expectedDemoTable = (): DemoTable => JSON.parse(readFileSync(expectedFile, 'utf8')) as DemoTable;

export const keepDemoTable = (table: DemoTable): void => {
  if (process.env['STOCKPROOF_DEMO_TABLE'] === 'write') writeFileSync(expectedFile, `${JSON.stringify(table, null, 2)}\n`);
};
