import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram, untilTrue } from './product-process';

/** The simulated warehouses and shops, as a process of their own. */
export type Simulator = { readonly url: string; readonly stop: () => Promise<void> };

export const startSimulator = async (): Promise<Simulator> => {
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-simulator-'));
  const { child, output, ended } = startProgram('channel-simulator', {
    STOCKPROOF_SIMULATOR_PORT: '0',
    STOCKPROOF_SIMULATOR_JOURNAL: join(folder, 'journal.jsonl'),
  });
  const ready = () => /ready on (http:\/\/\S+?),?\s/.exec(`${output()} `)?.[1];
  await untilTrue(
    () => ready() !== undefined,
    30_000,
    () => `the simulator is not ready: ${output()}`,
  );
  return {
    url: ready() ?? '',
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
