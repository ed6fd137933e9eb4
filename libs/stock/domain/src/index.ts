export type { ItemCommand, QuietReport } from './item/item.commands';
export { untimelyReport } from './item/item.reporting';
export { itemDecider } from './item/item.decider';
export type { AdjustmentReason, AttemptRef, GrantedUnits, ItemEvent, UnsellableReason } from './item/item.events';
export type { ItemRejection } from './item/item.rejections';
export { attemptKey, type Item, type OpenAllocation } from './item/item.state';
export { available, availableRise, quantityNames, type Quantities, type QuantityName, type StockChange } from './item/quantities';
export type { AllocationCommand } from './allocation/allocation.commands';
export { allocationDecider } from './allocation/allocation.decider';
export type { AllocationEvent, Behind, GrantedAt, PlannedUnits } from './allocation/allocation.events';
export type { AllocationRejection } from './allocation/allocation.rejections';
export type { Allocation, Attempt, Plan } from './allocation/allocation.state';
export type {
  AllocationRule,
  AllocationSettings,
  Candidate,
  Choice,
  DecisionRecord,
  Outcome,
  Reason,
  SeenItem,
  Wanted,
  WantedLine,
} from './allocation-rule/allocation-rule';
export { decideKeepingHold } from './allocation-rule/keeping-holds';
export { allocationRules, currentRuleVersion, decideByCurrentRule, replay } from './allocation-rule/rule-versions';
export { itemFromJson, itemSnapshotVersion, itemToJson } from './item/item.snapshot';
export { heardWarehouseDecider, type HeardWarehouse, type HearOfWarehouse } from './warehouse/heard-warehouse.decider';
export type { WarehouseEvent } from './warehouse/warehouse.events';
export {
  levelReportDecider,
  type LevelReportRecorded,
  type LevelReportState,
  type RecordLevelReport,
  type RowOutcome,
} from './level-report/level-report.decider';
export { findingKinds, type Finding, type FindingKind, type Repair } from './verification/finding';
export { faultsOfItem, hearItemEvent, itemHistory, type ItemHistory, type TakenUnits, type Told } from './verification/item-history';
export { isSettled, orderHistory, unreadableOrder, type OrderHistory } from './verification/order-history';
export {
  answersClaim,
  claimsOf,
  grantsWithoutOwner,
  settlingMs,
  stillWithoutOwner,
  takenFromOwners,
  unmetClaim,
  type Claim,
  type Owners,
} from './verification/ownership';
export { repairDecider, type RepairCommand, type RepairEvent, type RepairOutcome, type RepairRecord } from './verification/repair.decider';
export { ruleOf, seenByFewer, withChanges, type RuleChanges, type WarehouseChange } from './what-if/rule-changes';
export { differencesOf, shipmentsOf, type Given, type LineDifference } from './what-if/differences';
export {
  simulation,
  type LoggedEvent,
  type OrderDifference,
  type SideCounts,
  type SimulatedOutcome,
  type Simulation,
  type SimulationOptions,
  type SimulationResult,
} from './what-if/simulation';
export type { SimulatedLevel } from './what-if/simulated-stock';
export { aheadOf, byAge, keepsItsPlace, outOfTurn, type InLine } from './allocation/strict-order';
