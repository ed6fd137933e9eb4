import { startEngines } from '@stockproof/engines';
import { readHostConfig, runHost } from '@stockproof/service-host';
import { tenancyService } from '@stockproof/tenancy-service';

void runHost({
  services: [tenancyService],
  startEngines,
  config: () => readHostConfig(process.env, { port: 3001, adminPort: 9464, oneOfMany: true }),
});
