import { join } from 'node:path';
import { z } from 'zod';

const environment = z.object({
  /** Anybody who reaches it may do anything with it: beyond this machine only in a network of its own. */
  STOCKPROOF_SIMULATOR_HOST: z.string().min(1).default('127.0.0.1'),
  STOCKPROOF_SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3900),
  STOCKPROOF_SIMULATOR_JOURNAL: z.string().min(1).optional(),
  STOCKPROOF_DATA_DIR: z.string().min(1).default('.stockproof'),
});

/** Where the simulator listens and writes. Throws with all wrong values at once. */
export const simulatorConfig = (given: NodeJS.ProcessEnv = process.env) => {
  const read = environment.safeParse(given);
  if (!read.success) throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const { STOCKPROOF_SIMULATOR_HOST: host, STOCKPROOF_SIMULATOR_PORT: port } = read.data;
  const { STOCKPROOF_SIMULATOR_JOURNAL: journal, STOCKPROOF_DATA_DIR: folder } = read.data;
  return { host, port, journalFile: journal ?? join(folder, 'simulator-journal.jsonl') };
};
