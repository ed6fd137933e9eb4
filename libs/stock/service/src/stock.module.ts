import { join } from 'node:path';
import { Module, type DynamicModule, type OnModuleInit, Inject } from '@nestjs/common';
import { FileImportsModule, streamedFileKind } from '@stockproof/file-imports';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { allocationEventsTopic, levelEventsTopic } from '@stockproof/stock-contracts';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import { measuredAllocator, measureStanding } from './allocation/allocation-metrics';
import { allocator } from './allocation/allocator';
import { watchOverduePlans } from './allocation/overdue-plans';
import { waitingList } from './allocation/waiting-orders';
import { AvailabilityController } from './availability/availability.controller';
import { workWithChannels } from './channel-work';
import { PublicationReferenceConsumer } from './consumes/publication-reference.controller';
import { PurchaseOrdersConsumer } from './consumes/purchase-orders.controller';
import { StockRequestsConsumer } from './consumes/stock-requests.controller';
import { stockLooksUp, TenancyWarehousesConsumer } from './consumes/tenancy-warehouses.controller';
import { DecisionsController } from './decisions/decisions.controller';
import { HoldsController } from './holds/holds.controller';
import { ItemsController } from './items/items.controller';
import { knownBundles } from './level-reports/known-skus';
import { LevelReportsController } from './level-reports/level-reports.controller';
import { postgresSpokenOf } from './level-reports/postgres-spoken-of';
import type { Reporting } from './level-reports/reporting-levels';
import { stockLevelsFile } from './level-reports/stock-levels-file';
import { stockPublication } from './publishes/stock.publication';
import { pastMoments } from './past/moments';
import { PublicationsController } from './publishing-stock/publications.controller';
import { stockStreams } from './stock.streams';
import {
  levelReporting,
  stockAllocator,
  stockClock,
  stockJobs,
  stockPast,
  stockReader,
  stockStore,
  stockStreamsToken,
  stockWhatIfs,
  stockWriter,
} from './stock.tokens';
import { FindingsController } from './verification/findings.controller';
import { verifyStock } from './verification/verification';
import { VerificationsController } from './verification/verifications.controller';
import { AllocationsController } from './views/allocations/allocations.controller';
import { allocationsProjection } from './views/allocations/allocations.projection';
import { DiscrepanciesController } from './views/discrepancies/discrepancies.controller';
import { discrepanciesProjection } from './views/discrepancies/discrepancies.projection';
import { LevelChangesController } from './views/level-changes/level-changes.controller';
import { levelChangesProjection } from './views/level-changes/level-changes.projection';
import { RecordedLevelReportsController } from './views/level-reports/level-reports.controller';
import { levelReportsProjection } from './views/level-reports/level-reports.projection';
import { ShortfallsController } from './views/shortfalls/shortfalls.controller';
import { shortfallsProjection } from './views/shortfalls/shortfalls.projection';
import { StockLevelsController } from './views/stock-levels/stock-levels.controller';
import { readWarehouses } from './views/stock-levels/stock-levels.query';
import { stockLevelsProjection } from './views/stock-levels/stock-levels.projection';
import { StockMovementsController } from './views/stock-movements/stock-movements.controller';
import { stockMovementsProjection } from './views/stock-movements/stock-movements.projection';
import { StockPromisesController } from './views/stock-promises/stock-promises.controller';
import { stockPromisesProjection } from './views/stock-promises/stock-promises.projection';
import { stockStreamsProjection } from './views/stock-streams/stock-streams.projection';
import { answerWhatIfs } from './what-if/answering-what-ifs';
import { PeriodWhatIfsController } from './what-if/period-what-ifs.controller';
import { askedWhatIfs, whatIfsToAnswer } from './what-if/what-if-store';
import { WhatIfController } from './what-if/what-if.controller';

const stockRuntime = Symbol('stock runtime');

@Module({})
export class StockModule implements OnModuleInit {
  constructor(
    @Inject(stockRuntime) private readonly runtime: ServiceRuntime,
    @Inject(levelReporting) private readonly reporting: Reporting,
  ) {}

  static of(runtime: ServiceRuntime): DynamicModule {
    const { clock, store, databases, jobs, personalData, heard } = runtime;
    const streams = stockStreams(runtime.commands);
    const reporting = { streams, clock, spokenOf: postgresSpokenOf(databases.writer, clock), bundles: knownBundles(databases.writer) };
    return {
      module: StockModule,
      imports: [
        FileImportsModule.forService({
          service: 'stock',
          kinds: [
            streamedFileKind(
              stockLevelsFile({ ...reporting, warehouses: (accountId) => readWarehouses(databases.reader, accountId), heard }),
            ),
          ],
          ...{ databases, jobs, personalData, clock },
        }),
      ],
      controllers: [
        ItemsController,
        LevelReportsController,
        HoldsController,
        DecisionsController,
        WhatIfController,
        PeriodWhatIfsController,
        RecordedLevelReportsController,
        DiscrepanciesController,
        ShortfallsController,
        AvailabilityController,
        LevelChangesController,
        StockLevelsController,
        StockMovementsController,
        StockPromisesController,
        AllocationsController,
        StockRequestsConsumer,
        TenancyWarehousesConsumer,
        PurchaseOrdersConsumer,
        PublicationReferenceConsumer,
        PublicationsController,
        FindingsController,
        VerificationsController,
      ],
      providers: [
        { provide: stockRuntime, useValue: runtime },
        { provide: stockStreamsToken, useValue: streams },
        { provide: levelReporting, useValue: reporting },
        { provide: stockWriter, useValue: databases.writer },
        { provide: stockReader, useValue: databases.reader },
        { provide: stockClock, useValue: clock },
        { provide: stockStore, useValue: store },
        { provide: stockPast, useValue: pastMoments({ store, clock, views: runtime.views, reader: databases.reader }) },
        { provide: stockJobs, useValue: jobs },
        { provide: stockWhatIfs, useValue: askedWhatIfs(databases.writer) },
        {
          provide: stockAllocator,
          useValue: measuredAllocator(allocator({ streams, clock }, waitingList(databases.worker)), runtime.metrics),
        },
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    const { jobs, databases, bus, store, clock, channels } = this.runtime;
    workWithChannels(channels, { reporting: this.reporting, worker: databases.worker, writer: databases.writer, clock });
    await answerWhatIfs({ store, jobs, clock, whatIfs: whatIfsToAnswer(databases.worker) });
    await watchOverduePlans(jobs, databases.worker, bus, { clock, logId: await store.logId() });
    measureStanding(this.runtime.metrics, databases.worker, clock);
    await verifyStock(this.runtime, this.reporting.streams);
  }
}

/** Stock: what there is, and who was promised it. */
export const stockService: ServiceDefinition = {
  name: 'stock',
  migrations: join(__dirname, 'migrations'),
  projections: [
    stockLevelsProjection,
    levelChangesProjection,
    stockMovementsProjection,
    stockPromisesProjection,
    allocationsProjection,
    levelReportsProjection,
    discrepanciesProjection,
    shortfallsProjection,
    stockStreamsProjection,
  ],
  publication: stockPublication,
  topics: [allocationEventsTopic, levelEventsTopic, stockRequestsTopic],
  pushesFrom: ['warehouses'],
  looksUp: stockLooksUp,
  module: StockModule.of,
};
