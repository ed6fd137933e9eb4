import { catalogService } from '@stockproof/catalog-service';
import { startEngines } from '@stockproof/engines';
import { purchasingService } from '@stockproof/purchasing-service';
import { readHostConfig, runHost } from '@stockproof/service-host';
import { stockService } from '@stockproof/stock-service';
import { tenancyService } from '@stockproof/tenancy-service';
import { salesWithNoOp } from './no-op.module';
import { answerProbes } from './probe';

/** The product in one process, as `npm start` runs it, with the no-op routes and a parent that may look at its processor time. */
answerProbes();
void runHost({
  services: [tenancyService, salesWithNoOp, stockService, purchasingService, catalogService],
  startEngines,
  config: () => readHostConfig(process.env, { port: 3000, adminPort: 9464, oneOfMany: false, logLevel: 'warn' }),
});
