import { catalogService } from '@stockproof/catalog-service';
import { purchasingService } from '@stockproof/purchasing-service';
import { salesService } from '@stockproof/sales-service';
import type { ServiceDefinition } from '@stockproof/service-host';
import { stockService } from '@stockproof/stock-service';
import { tenancyService } from '@stockproof/tenancy-service';

/** The services that operators reach from here, in the order in which they are told of. */
export const services: readonly ServiceDefinition[] = [tenancyService, salesService, stockService, purchasingService, catalogService];

/** The service of this name; the name was checked before. */
export const serviceNamed = (name: string): ServiceDefinition => {
  const found = services.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no service ${name}`);
  return found;
};
