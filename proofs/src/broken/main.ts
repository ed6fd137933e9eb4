import { catalogService } from '@stockproof/catalog-service';
import { startEngines } from '@stockproof/engines';
import { purchasingService } from '@stockproof/purchasing-service';
import { salesService } from '@stockproof/sales-service';
import { readHostConfig, runHost, type ServiceDefinition } from '@stockproof/service-host';
import { stockService } from '@stockproof/stock-service';
import { tenancyService } from '@stockproof/tenancy-service';
import { withBroken } from './broken-engines';
import { faults, type FaultName } from './faults';

const [app = '', fault = ''] = process.argv.slice(2);

const services: Readonly<Record<string, readonly ServiceDefinition[]>> = {
  'all-in-one': [tenancyService, salesService, stockService, purchasingService, catalogService],
  tenancy: [tenancyService],
  sales: [salesService],
  stock: [stockService],
  purchasing: [purchasingService],
  catalog: [catalogService],
};

/** The product as its apps start it, with one fault put in where its services meet their engines. */
void runHost({
  services: services[app] ?? [],
  startEngines: async (config, log) => withBroken(await startEngines(config, log), faults[fault as FaultName]),
  config: () => readHostConfig(process.env, { port: 3000, adminPort: 9464, oneOfMany: app !== 'all-in-one', logLevel: 'warn' }),
});
