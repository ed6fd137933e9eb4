import { join } from 'node:path';
import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { FileImportsModule, fileKind } from '@stockproof/file-imports';
import { purchaseOrderEventsTopic } from '@stockproof/purchasing-contracts';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { purchasingLooksUp, ReferenceConsumer } from './consumes/reference.controller';
import { purchaseOrderFiles } from './files/purchase-order-files';
import { PurchaseOrderStepsController } from './purchase-orders/purchase-order-steps.controller';
import { PurchaseOrdersController } from './purchase-orders/purchase-orders.controller';
import { ReceiptsController } from './purchase-orders/receipts.controller';
import { purchasingPublication } from './publishes/purchasing.publication';
import { purchaseOrderHandler, unexplainedReceiptHandler } from './purchasing.streams';
import {
  purchaseOrdersToken,
  purchasingChannels,
  purchasingClock,
  purchasingKnown,
  purchasingReader,
  receiptDeskToken,
} from './purchasing.tokens';
import { knownAccounts } from './reference/known-account';
import { PurchaseOrdersViewController } from './views/purchase-orders/purchase-orders.controller';
import { purchaseOrdersProjection } from './views/purchase-orders/purchase-orders.projection';
import { UnexplainedReceiptsController } from './views/unexplained-receipts/unexplained-receipts.controller';
import { unexplainedReceiptsProjection } from './views/unexplained-receipts/unexplained-receipts.projection';
import { finishByItself } from './warehouses/finishing';
import type { ReceiptDesk } from './warehouses/receipt-desk';
import { doWarehouseJobs } from './warehouses/warehouse-jobs';

const purchasingRuntime = Symbol('purchasing runtime');

@Module({})
export class PurchasingModule implements OnModuleInit {
  constructor(
    @Inject(purchasingRuntime) private readonly runtime: ServiceRuntime,
    @Inject(receiptDeskToken) private readonly desk: ReceiptDesk,
  ) {}

  static of(runtime: ServiceRuntime): DynamicModule {
    const { clock, commands, databases, channels, jobs, personalData, heard } = runtime;
    const orders = purchaseOrderHandler(commands);
    const known = knownAccounts(databases.writer);
    const desk: ReceiptDesk = { orders, unexplained: unexplainedReceiptHandler(commands), reader: databases.reader, clock };
    const kinds = [fileKind(purchaseOrderFiles({ orders, known, channels, reader: databases.reader, clock, heard }))];
    return {
      module: PurchasingModule,
      imports: [FileImportsModule.forService({ service: 'purchasing', kinds, databases, personalData, jobs, clock })],
      controllers: [
        PurchaseOrdersController,
        PurchaseOrderStepsController,
        ReceiptsController,
        PurchaseOrdersViewController,
        UnexplainedReceiptsController,
        ReferenceConsumer,
      ],
      providers: [
        { provide: purchasingRuntime, useValue: runtime },
        { provide: purchaseOrdersToken, useValue: orders },
        { provide: purchasingReader, useValue: databases.reader },
        { provide: purchasingClock, useValue: clock },
        { provide: purchasingKnown, useValue: known },
        { provide: purchasingChannels, useValue: channels },
        { provide: receiptDeskToken, useValue: desk },
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    const { channels, jobs, databases, clock } = this.runtime;
    doWarehouseJobs(channels, { orders: this.desk.orders, worker: databases.worker, clock }, this.desk);
    await finishByItself(jobs, this.desk, databases.worker);
  }
}

/** Purchasing: what was ordered from suppliers, and what has come of it. */
export const purchasingService: ServiceDefinition = {
  name: 'purchasing',
  migrations: join(__dirname, 'migrations'),
  projections: [purchaseOrdersProjection, unexplainedReceiptsProjection],
  publication: purchasingPublication,
  topics: [purchaseOrderEventsTopic],
  pushesFrom: ['warehouses'],
  looksUp: purchasingLooksUp,
  module: PurchasingModule.of,
};
