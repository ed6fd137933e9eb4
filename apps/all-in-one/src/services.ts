import { catalogService } from '@stockproof/catalog-service';
import { purchasingService } from '@stockproof/purchasing-service';
import { salesService } from '@stockproof/sales-service';
import type { ServiceDefinition } from '@stockproof/service-host';
import { stockService } from '@stockproof/stock-service';
import { tenancyService } from '@stockproof/tenancy-service';

/** The services of this process, in the order in which they start. */
export const services: readonly ServiceDefinition[] = [tenancyService, salesService, stockService, purchasingService, catalogService];
