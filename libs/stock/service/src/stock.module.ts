import { join } from 'node:path';
import { Module, type DynamicModule, type OnModuleInit, Inject } from '@nestjs/common';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { allocationEventsTopic, levelEventsTopic } from '@stockproof/stock-contracts';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import { allocator } from './allocation/allocator';
import { watchOverduePlans } from './allocation/overdue-plans';
import { waitingList } from './allocation/waiting-orders';
import { PurchaseOrdersConsumer } from './consumes/purchase-orders.controller';
import { StockRequestsConsumer } from './consumes/stock-requests.controller';
import { TenancyWarehousesConsumer } from './consumes/tenancy-warehouses.controller';
import { DecisionsController } from './decisions/decisions.controller';
import { HoldsController } from './holds/holds.controller';
import { ItemsController } from './items/items.controller';
import { LevelReportsController } from './level-reports/level-reports.controller';
import { stockPublication } from './publishes/stock.publication';
import { stockStreams } from './stock.streams';
import { stockAllocator, stockClock, stockReader, stockStore, stockStreamsToken } from './stock.tokens';
import { AllocationsController } from './views/allocations/allocations.controller';
import { allocationsProjection } from './views/allocations/allocations.projection';
import { StockLevelsController } from './views/stock-levels/stock-levels.controller';
import { stockLevelsProjection } from './views/stock-levels/stock-levels.projection';
import { StockMovementsController } from './views/stock-movements/stock-movements.controller';
import { stockMovementsProjection } from './views/stock-movements/stock-movements.projection';

const stockRuntime = Symbol('stock runtime');

@Module({})
export class StockModule implements OnModuleInit {
  constructor(@Inject(stockRuntime) private readonly runtime: ServiceRuntime) {}

  static of(runtime: ServiceRuntime): DynamicModule {
    const { clock, store, databases } = runtime;
    const streams = stockStreams(runtime.commands);
    return {
      module: StockModule,
      controllers: [
        ItemsController,
        LevelReportsController,
        HoldsController,
        DecisionsController,
        StockLevelsController,
        StockMovementsController,
        AllocationsController,
        StockRequestsConsumer,
        TenancyWarehousesConsumer,
        PurchaseOrdersConsumer,
      ],
      providers: [
        { provide: stockRuntime, useValue: runtime },
        { provide: stockStreamsToken, useValue: streams },
        { provide: stockReader, useValue: databases.reader },
        { provide: stockClock, useValue: clock },
        { provide: stockStore, useValue: store },
        { provide: stockAllocator, useValue: allocator({ streams, clock }, waitingList(databases.worker)) },
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    const { jobs, databases, bus, store, clock } = this.runtime;
    await watchOverduePlans(jobs, databases.worker, bus, { clock, logId: await store.logId() });
  }
}

/** Stock: what there is, and who was promised it. */
export const stockService: ServiceDefinition = {
  name: 'stock',
  migrations: join(__dirname, 'migrations'),
  projections: [stockLevelsProjection, stockMovementsProjection, allocationsProjection],
  publication: stockPublication,
  topics: [allocationEventsTopic, levelEventsTopic, stockRequestsTopic],
  module: StockModule.of,
};
