import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoConfig } from '../demo.config';
import { startProgram } from './program';

/** The product that is demonstrated: the one that answers, or one that was started for this. */
export type Product = {
  readonly base: string;
  readonly startedHere: boolean;
  readonly adminPassword: () => string;
  readonly stop: () => Promise<void>;
};

const answers = async (base: string): Promise<boolean> => {
  try {
    return (await fetch(`${base}/openapi.json`, { signal: AbortSignal.timeout(3_000) })).ok;
  } catch {
    return false; // nobody there
  }
};

/** Uses the product at the address of the configuration; where none answers it starts one there, with its data in the usual folder. */
export const findOrStartProduct = async (config: DemoConfig, say: (line: string) => void): Promise<Product> => {
  const { base } = config;
  const adminPassword = (): string => config.adminPassword ?? passwordIn(config.dataDir);
  if (await answers(base)) return { base, startedHere: false, adminPassword, stop: async () => undefined };
  const url = new URL(base);
  if (url.hostname !== '127.0.0.1' && url.hostname !== 'localhost') throw new Error(`Nothing answers at ${base}.`);
  say(`Nothing answers at ${base}: starting Stockproof for the time of the demonstration`);
  const program = await startProgram('all-in-one', /^Stockproof is ready$/m, {
    STOCKPROOF_PORT: url.port || '80',
    STOCKPROOF_DATA_DIR: config.dataDir,
  });
  return { base, startedHere: true, adminPassword, stop: program.stop };
};

const passwordIn = (dataDir: string): string => {
  const file = join(dataDir, 'admin-password');
  if (!existsSync(file))
    throw new Error(
      `The first password of the administrator is not in ${file}. Say where it is: STOCKPROOF_ADMIN_PASSWORD, or STOCKPROOF_DATA_DIR.`,
    );
  return readFileSync(file, 'utf8').trim();
};
