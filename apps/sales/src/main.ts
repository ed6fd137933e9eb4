import { startEngines } from '@stockproof/engines';
import { salesService } from '@stockproof/sales-service';
import { readHostConfig, runHost } from '@stockproof/service-host';

void runHost({
  services: [salesService],
  startEngines,
  config: () => readHostConfig(process.env, { port: 3002, adminPort: 9465, oneOfMany: true }),
});
