import { startEngines } from '@stockproof/engines';
import { readHostConfig, runUntilStopped } from '@stockproof/service-host';
import { startLauncher } from './launcher';

/** It waits for its services, which wait for the world; then it stops their database. */
const patience = { giveUpAfterMs: 50_000, stopWithinMs: 58_000 };

const start = () => {
  const config = readHostConfig(process.env, { port: 3000, adminPort: 9464, oneOfMany: false, logLevel: 'warn' });
  return startLauncher({ config, startEngines, environment: process.env, print: (line) => void process.stdout.write(`${line}\n`) });
};

void runUntilStopped(start, (line) => void process.stderr.write(`${line}\n`), patience);
