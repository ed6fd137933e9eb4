import { startEngines } from '@stockproof/engines';
import { readHostConfig, runHost } from '@stockproof/service-host';
import { stockService } from '@stockproof/stock-service';

void runHost({
  services: [stockService],
  startEngines,
  config: () => readHostConfig(process.env, { port: 3003, adminPort: 9466, oneOfMany: true }),
});
