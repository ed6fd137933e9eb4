import { join } from 'node:path';
import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { AllocationsConsumer } from './consumes/allocations.controller';
import { ReferenceConsumer } from './consumes/reference.controller';
import { releaseHoldsInTime } from './orders/hold-timer';
import { OrdersController } from './orders/orders.controller';
import { ShipmentsController } from './orders/shipments.controller';
import { salesPublication } from './publishes/sales.publication';
import { salesParts, type SalesParts } from './sales.parts';
import { channelJobs, salesClock, salesDesk, salesOrdersToken, salesPersonalData, salesReader, warehouseUpdates } from './sales.tokens';
import { doWarehouseJobs } from './shipping/warehouse-jobs';
import { WarehousePushesController } from './shipping/warehouse-pushes.controller';
import { SalesOrdersController } from './views/sales-orders/sales-orders.controller';
import { salesOrdersProjection } from './views/sales-orders/sales-orders.projection';

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
    return {
      module: SalesModule,
      controllers: [
        OrdersController,
        ShipmentsController,
        SalesOrdersController,
        WarehousePushesController,
        AllocationsConsumer,
        ReferenceConsumer,
      ],
      providers: [
        { provide: runtimeToken, useValue: runtime },
        { provide: partsToken, useValue: parts },
        { provide: salesOrdersToken, useValue: parts.orders },
        { provide: salesDesk, useValue: parts.desk },
        { provide: salesClock, useValue: runtime.clock },
        { provide: salesReader, useValue: runtime.databases.reader },
        { provide: salesPersonalData, useValue: runtime.personalData },
        { provide: channelJobs, useValue: parts.jobs },
        { provide: warehouseUpdates, useValue: parts.pushes },
      ],
    };
  }

  onModuleInit(): void {
    doWarehouseJobs(this.runtime.jobs, this.parts.exporting, this.parts.importing);
    releaseHoldsInTime(this.runtime.jobs, this.parts.desk);
  }
}

/** Sales: orders, their shipments, and what the warehouses say of them. */
export const salesService: ServiceDefinition = {
  name: 'sales',
  migrations: join(__dirname, 'migrations'),
  projections: [salesOrdersProjection],
  publication: salesPublication,
  topics: [stockRequestsTopic],
  module: SalesModule.of,
};
