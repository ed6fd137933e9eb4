import { join } from 'node:path';
import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { salesOrderEventsTopic, stockRequestsTopic } from '@stockproof/sales-contracts';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { FileImportsModule } from '@stockproof/file-imports';
import { AllocationsConsumer } from './consumes/allocations.controller';
import { AppearedSkusConsumer } from './consumes/appeared-skus.controller';
import { ReferenceConsumer, salesLooksUp } from './consumes/reference.controller';
import { takeOrdersFromShops } from './incoming/import-orders';
import { IncomingOrdersController } from './incoming/incoming-orders.controller';
import { orderFiles } from './incoming/order-files';
import { cancelOverdueOrders, releaseHoldsInTime } from './orders/hold-timer';
import { OrdersController } from './orders/orders.controller';
import { ShipmentsController } from './orders/shipments.controller';
import { PersonsController } from './persons/persons.controller';
import { salesPublication } from './publishes/sales.publication';
import { salesParts, type SalesParts } from './sales.parts';
import {
  incomingDeskToken,
  salesChannels,
  salesClock,
  salesDesk,
  salesForgetting,
  salesKnownAccount,
  salesOrdersToken,
  salesPersonalData,
  salesReader,
  salesWorker,
} from './sales.tokens';
import { doWarehouseJobs } from './shipping/warehouse-jobs';
import { doShopJobs } from './telling/telling-shops';
import { ExceptionsController } from './views/exceptions/exceptions.controller';
import { exceptionsProjection } from './views/exceptions/exceptions.projection';
import { IncomingQueueController } from './views/incoming-queue/incoming-queue.controller';
import { incomingQueueProjection } from './views/incoming-queue/incoming-queue.projection';
import { SalesOrdersController } from './views/sales-orders/sales-orders.controller';
import { shipmentMovesProjection } from './views/shipment-moves/shipment-moves.projection';
import { salesOrdersProjection } from './views/sales-orders/sales-orders.projection';
import { shopUpdatesProjection } from './views/shop-updates/shop-updates.projection';

const runtimeToken = Symbol('sales runtime');
const partsToken = Symbol('sales parts');

@Module({})
export class SalesModule implements OnModuleInit {
  constructor(
    @Inject(runtimeToken) private readonly runtime: ServiceRuntime,
    @Inject(partsToken) private readonly parts: SalesParts,
  ) {}

  static of(runtime: ServiceRuntime): DynamicModule {
    const parts = salesParts(runtime);
    const { databases, jobs, personalData, clock, heard } = runtime;
    const kinds = orderFiles({ desk: parts.incoming, known: parts.known, heard });
    return {
      module: SalesModule,
      imports: [FileImportsModule.forService({ service: 'sales', kinds, databases, jobs, personalData, clock })],
      controllers: [
        OrdersController,
        ShipmentsController,
        SalesOrdersController,
        ExceptionsController,
        IncomingOrdersController,
        IncomingQueueController,
        PersonsController,
        AllocationsConsumer,
        AppearedSkusConsumer,
        ReferenceConsumer,
      ],
      providers: [
        { provide: runtimeToken, useValue: runtime },
        { provide: partsToken, useValue: parts },
        { provide: salesOrdersToken, useValue: parts.orders },
        { provide: salesDesk, useValue: parts.desk },
        { provide: incomingDeskToken, useValue: parts.incoming },
        { provide: salesForgetting, useValue: parts.forgetting },
        { provide: salesWorker, useValue: runtime.databases.worker },
        { provide: salesClock, useValue: runtime.clock },
        { provide: salesReader, useValue: runtime.databases.reader },
        { provide: salesPersonalData, useValue: runtime.personalData },
        { provide: salesKnownAccount, useValue: parts.known },
        { provide: salesChannels, useValue: runtime.channels },
      ],
    };
  }

  onModuleInit(): void {
    doWarehouseJobs(this.runtime.channels, this.parts);
    doShopJobs(this.runtime.channels, this.parts.telling);
    takeOrdersFromShops(this.runtime.channels, this.parts.incoming);
    releaseHoldsInTime(this.runtime.jobs, this.parts.desk);
    cancelOverdueOrders(this.runtime.jobs, this.parts.desk, this.runtime.clock);
  }
}

/** Sales: orders, their shipments, and what the warehouses say of them. */
export const salesService: ServiceDefinition = {
  name: 'sales',
  migrations: join(__dirname, 'migrations'),
  projections: [incomingQueueProjection, salesOrdersProjection, shopUpdatesProjection, shipmentMovesProjection, exceptionsProjection],
  publication: salesPublication,
  topics: [stockRequestsTopic, salesOrderEventsTopic],
  pushesFrom: ['warehouses', 'shops'],
  looksUp: salesLooksUp,
  module: SalesModule.of,
};
