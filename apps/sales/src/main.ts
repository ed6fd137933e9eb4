import { startEngines } from '@stockproof/engines';
import { readHostConfig, runHost } from '@stockproof/service-host';
import { salesService } from '@stockproof/sales-service';

void runHost({ services: [salesService], startEngines, config: () => readHostConfig(process.env, { port: 3002, adminPort: 9465, oneOfMany: true }) });
