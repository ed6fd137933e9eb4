import type { WarehouseId } from '@stockproof/vocabulary';
import type { AllocationRule, AllocationSettings, Candidate, SeenItem, Wanted, WantedLine } from '../allocation-rule/allocation-rule';
import { allocationRules } from '../allocation-rule/rule-versions';

/** What is said otherwise of one candidate warehouse. `leftOut`: it is no candidate. */
export type WarehouseChange = {
  readonly warehouseId: WarehouseId;
  readonly priority?: number;
  /** False: it manages its back-orders itself, its stock is not looked at. */
  readonly checked?: boolean;
  readonly leftOut?: boolean;
};

/** In what a what-if differs from what was asked for; what is not named stays as it was. */
export type RuleChanges = {
  readonly settings?: Partial<AllocationSettings>;
  readonly warehouses?: readonly WarehouseChange[];
  /** A released version; default: the one that decided, or decides now. */
  readonly ruleVersion?: number;
};

/** The rule of this version; `null` when it is unknown here. */
export const ruleOf = (version: number): AllocationRule | null => allocationRules[version] ?? null;

/** What would have been wanted with these changes. */
export const withChanges = (wanted: Wanted, { settings = {}, warehouses = [] }: RuleChanges): Wanted => {
  const changeOf = new Map(warehouses.map((each) => [each.warehouseId, each]));
  const stays = (warehouseId: WarehouseId): boolean => changeOf.get(warehouseId)?.leftOut !== true;
  return {
    ...wanted,
    lines: wanted.lines.map((line) => withoutLeftOut(line, stays)),
    candidates: wanted.candidates
      .filter(({ warehouseId }) => stays(warehouseId))
      .map((each) => withChange(each, changeOf.get(each.warehouseId))),
    settings: { ...wanted.settings, ...settings },
  };
};

const withoutLeftOut = (line: WantedLine, stays: (warehouseId: WarehouseId) => boolean): WantedLine =>
  line.candidates === undefined ? line : { ...line, candidates: line.candidates.filter(stays) };

const withChange = (candidate: Candidate, change: WarehouseChange | undefined): Candidate => ({
  ...candidate,
  priority: change?.priority ?? candidate.priority,
  checked: change?.checked ?? candidate.checked,
});

/** What was seen, as seen by an order with fewer candidates. */
export const seenByFewer = (seen: readonly SeenItem[], before: readonly Candidate[], after: readonly Candidate[]): readonly SeenItem[] => {
  const columns = after.map(({ warehouseId }) => before.findIndex((each) => each.warehouseId === warehouseId));
  return seen.map((item) => ({ ...item, free: columns.map((column) => item.free[column] ?? 0) }));
};
