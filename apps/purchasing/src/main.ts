import { startEngines } from '@stockproof/engines';
import { readHostConfig, runHost } from '@stockproof/service-host';
import { purchasingService } from '@stockproof/purchasing-service';

void runHost({
  services: [purchasingService],
  startEngines,
  config: () => readHostConfig(process.env, { port: 3004, adminPort: 9467, oneOfMany: true }),
});
