import { startEngines } from '@stockproof/engines';
import { readHostConfig, runUntilStopped } from '@stockproof/service-host';
import { startLauncher } from './launcher';

void runUntilStopped(() => {
  const config = readHostConfig(process.env, { port: 3000, adminPort: 9464, oneOfMany: false, logLevel: 'warn' });
  return startLauncher({ config, startEngines, environment: process.env, print: (line) => void process.stdout.write(`${line}\n`) });
});
