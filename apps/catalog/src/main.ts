import { startEngines } from '@stockproof/engines';
import { readHostConfig, runHost } from '@stockproof/service-host';
import { catalogService } from '@stockproof/catalog-service';

void runHost({
  services: [catalogService],
  startEngines,
  config: () => readHostConfig(process.env, { port: 3005, adminPort: 9468, oneOfMany: true }),
});
