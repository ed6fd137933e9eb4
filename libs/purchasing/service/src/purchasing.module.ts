import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { purchaseOrderEventsTopic } from '@stockproof/purchasing-contracts';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { ReferenceConsumer } from './consumes/reference.controller';
import { PurchaseOrderStepsController } from './purchase-orders/purchase-order-steps.controller';
import { PurchaseOrdersController } from './purchase-orders/purchase-orders.controller';
import { ReceiptsController } from './purchase-orders/receipts.controller';
import { purchasingPublication } from './publishes/purchasing.publication';
import { purchaseOrderHandler } from './purchasing.streams';
import { purchaseOrdersToken, purchasingClock, purchasingKnown, purchasingReader } from './purchasing.tokens';
import { knownAccounts } from './reference/known-account';
import { PurchaseOrdersViewController } from './views/purchase-orders/purchase-orders.controller';
import { purchaseOrdersProjection } from './views/purchase-orders/purchase-orders.projection';

@Module({})
export class PurchasingModule {
  static of({ clock, commands, databases }: ServiceRuntime): DynamicModule {
    return {
      module: PurchasingModule,
      controllers: [
        PurchaseOrdersController,
        PurchaseOrderStepsController,
        ReceiptsController,
        PurchaseOrdersViewController,
        ReferenceConsumer,
      ],
      providers: [
        { provide: purchaseOrdersToken, useValue: purchaseOrderHandler(commands) },
        { provide: purchasingReader, useValue: databases.reader },
        { provide: purchasingClock, useValue: clock },
        { provide: purchasingKnown, useValue: knownAccounts(databases.writer) },
      ],
    };
  }
}

/** Purchasing: what was ordered from suppliers, and what has come of it. */
export const purchasingService: ServiceDefinition = {
  name: 'purchasing',
  migrations: join(__dirname, 'migrations'),
  projections: [purchaseOrdersProjection],
  publication: purchasingPublication,
  topics: [purchaseOrderEventsTopic],
  module: PurchasingModule.of,
};
