import { parseArgs } from 'node:util';

/** Where the demonstration finds what it needs. */
export type DemoConfig = {
  /** The product; started there where none answers. */
  readonly base: string;
  /** The simulated warehouses and shops; started there where none answer. */
  readonly simulator: string;
  /** Where the product keeps its data, its first password among them. */
  readonly dataDir: string;
  /** `null`: as it stands in the data folder. */
  readonly adminPassword: string | null;
  /** Also writes the table, without times and generated ids, to this file. */
  readonly tableFile: string | null;
  /** Also writes all that the product said in the end to this file: two runs whose tables differ can be compared order by order. */
  readonly saidFile: string | null;
};

const orNull = (value: string | undefined): string | null => value ?? null;
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** `--url`, `--simulator`, `--table`, `--said`, and the environment of the product. */
export const demoConfig = (args: readonly string[], environment: NodeJS.ProcessEnv): DemoConfig => {
  const { values } = parseArgs({
    args: [...args],
    options: { url: { type: 'string' }, simulator: { type: 'string' }, table: { type: 'string' }, said: { type: 'string' } },
  });
  const port = environment['STOCKPROOF_PORT'] ?? '3000';
  const simulatorPort = environment['STOCKPROOF_SIMULATOR_PORT'] ?? '3900';
  return {
    base: withoutSlash(values.url ?? environment['STOCKPROOF_URL'] ?? `http://127.0.0.1:${port}`),
    simulator: withoutSlash(values.simulator ?? environment['STOCKPROOF_SIMULATOR_URL'] ?? `http://127.0.0.1:${simulatorPort}`),
    dataDir: environment['STOCKPROOF_DATA_DIR'] ?? '.stockproof',
    adminPassword: environment['STOCKPROOF_ADMIN_PASSWORD'] ?? null,
    tableFile: orNull(values.table),
    saidFile: orNull(values.said),
  };
};
