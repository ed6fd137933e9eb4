export type { ItemCommand, QuietReport } from './item/item.commands';
export { untimelyReport } from './item/item.reporting';
export { itemDecider } from './item/item.decider';
export type { AdjustmentReason, AttemptRef, GrantedUnits, ItemEvent, UnsellableReason } from './item/item.events';
export type { ItemRejection } from './item/item.rejections';
export { attemptKey, type Item, type OpenAllocation } from './item/item.state';
export { available, availableRise, quantityNames, type Quantities, type QuantityName, type StockChange } from './item/quantities';
export type { AllocationCommand } from './allocation/allocation.commands';
export { allocationDecider } from './allocation/allocation.decider';
export type { AllocationEvent, GrantedAt, PlannedUnits } from './allocation/allocation.events';
export type { AllocationRejection } from './allocation/allocation.rejections';
export type { Allocation, Attempt, Plan } from './allocation/allocation.state';
export type {
  AllocationSettings,
  Candidate,
  DecisionRecord,
  Outcome,
  SeenItem,
  Wanted,
  WantedLine,
} from './allocation-rule/allocation-rule';
export { allocationRules, currentRuleVersion, decideByCurrentRule, replay } from './allocation-rule/rule-versions';
export { itemFromJson, itemSnapshotVersion, itemToJson } from './item/item.snapshot';
export { heardWarehouseDecider, type HeardWarehouse, type HearOfWarehouse } from './warehouse/heard-warehouse.decider';
export type { WarehouseEvent } from './warehouse/warehouse.events';
export { levelReportDecider, type LevelReportRecorded, type RecordLevelReport, type RowOutcome } from './level-report/level-report.decider';
