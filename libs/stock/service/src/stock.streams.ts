import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import {
  allocationDecider,
  heardWarehouseDecider,
  itemDecider,
  itemFromJson,
  itemSnapshotVersion,
  itemToJson,
  levelReportDecider,
  repairDecider,
  type Allocation,
  type AllocationCommand,
  type AllocationEvent,
  type AllocationRejection,
  type HeardWarehouse,
  type HearOfWarehouse,
  type Item,
  type ItemCommand,
  type ItemEvent,
  type ItemRejection,
  type LevelReportRecorded,
  type LevelReportState,
  type RecordLevelReport,
  type RepairCommand,
  type RepairEvent,
  type RepairRecord,
  type WarehouseEvent,
} from '@stockproof/stock-domain';
import { skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';

export type ItemHandler = AggregateHandler<Item, ItemCommand, ItemEvent, ItemRejection>;
export type AllocationHandler = AggregateHandler<Allocation, AllocationCommand, AllocationEvent, AllocationRejection>;
export type WarehouseHandler = AggregateHandler<HeardWarehouse, HearOfWarehouse, WarehouseEvent, never>;
export type LevelReportHandler = AggregateHandler<LevelReportState, RecordLevelReport, LevelReportRecorded, never>;
export type RepairHandler = AggregateHandler<RepairRecord, RepairCommand, RepairEvent, never>;

/** The ways to stock's streams. */
export type StockStreams = {
  readonly items: ItemHandler;
  readonly allocations: AllocationHandler;
  readonly warehouses: WarehouseHandler;
  readonly levelReports: LevelReportHandler;
  readonly repairs: RepairHandler;
};

/** All warehouses of one SKU in one stream: choosing among them, and swapping a hold, is one atomic decision. */
const itemAggregate: Aggregate<Item, ItemCommand, ItemEvent, ItemRejection> = {
  category: 'stock.item',
  decider: itemDecider,
  schemaVersion: 1,
  effectiveAt: (event) => event.data.changes[0]?.at ?? null,
  snapshot: { version: itemSnapshotVersion, every: 1_000, toJson: itemToJson, fromJson: itemFromJson },
};

const allocationAggregate: Aggregate<Allocation, AllocationCommand, AllocationEvent, AllocationRejection> = {
  category: 'stock.allocation',
  decider: allocationDecider,
  schemaVersion: 1,
};

const warehouseAggregate: Aggregate<HeardWarehouse, HearOfWarehouse, WarehouseEvent, never> = {
  category: 'stock.warehouse',
  decider: heardWarehouseDecider,
  schemaVersion: 1,
};

const levelReportAggregate: Aggregate<LevelReportState, RecordLevelReport, LevelReportRecorded, never> = {
  category: 'stock.levelReport',
  decider: levelReportDecider,
  schemaVersion: 1,
  effectiveAt: (event) => event.data.takenAt,
};

const repairAggregate: Aggregate<RepairRecord, RepairCommand, RepairEvent, never> = {
  category: 'stock.repair',
  decider: repairDecider,
  schemaVersion: 1,
};

export const itemStream = (accountId: AccountId, sku: Sku): string => `stock.item-${accountId}-${skuKey(sku)}`;
export const allocationStream = (accountId: AccountId, orderId: string): string => `stock.allocation-${accountId}-${orderId}`;
/** What belongs to an organization carries its id in the account's place. */
export const warehouseStream = (ownerId: string, warehouseId: string): string => `stock.warehouse-${ownerId}-${warehouseId}`;
export const levelReportStream = (accountId: AccountId, reportId: string): string => `stock.levelReport-${accountId}-${reportId}`;
export const repairStream = (accountId: AccountId, findingId: string): string => `stock.repair-${accountId}-${findingId}`;

export const stockStreams = (commands: CommandHandling): StockStreams => ({
  items: commands.aggregate(itemAggregate),
  allocations: commands.aggregate(allocationAggregate),
  warehouses: commands.aggregate(warehouseAggregate),
  levelReports: commands.aggregate(levelReportAggregate),
  repairs: commands.aggregate(repairAggregate),
});
