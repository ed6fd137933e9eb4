import { startEngines } from '@stockproof/engines';
import { readHostConfig, runHost } from '@stockproof/service-host';
import { services } from './services';

void runHost({
  services,
  startEngines,
  config: () => readHostConfig(process.env, { port: 3000, adminPort: 9464, oneOfMany: false, logLevel: 'warn' }),
});
