import { accept, reject, type Decision } from '@stockproof/decider';
import { derivedId } from '@stockproof/vocabulary';
import type { Choice, Wanted } from '../allocation-rule/allocation-rule';
import type { DecideAllocation, MoveHold } from './allocation.commands';
import type { AllocationDecided, AllocationEvent, AllocationRequested, PlannedUnits } from './allocation.events';
import type { AllocationRejection } from './allocation.rejections';
import type { Attempt, Plan } from './allocation.state';

type PlanningDecision = Decision<AllocationEvent, AllocationRejection>;

export const decidePlan = ({ data }: DecideAllocation, attempt: Attempt | undefined): PlanningDecision => {
  const { orderId, plan, wanted, ruleVersion, seen, outcome, now } = data;
  const refusal = undecidable(attempt, plan);
  if (refusal) return reject(refusal);
  const { choices, ...rest } = outcome;
  const refs = { orderId, attempt: data.attempt, decidedAt: now };
  const requested: readonly AllocationRequested[] = attempt?.wanted ? [] : [{ type: 'AllocationRequested', data: { ...refs, wanted } }];
  const units = plannedUnits({ orderId, attempt: data.attempt, plan }, choices, attempt?.lastPlan ?? null, uncheckedOf(wanted));
  const decided: AllocationDecided = { type: 'AllocationDecided', data: { ...refs, plan, units, record: { ruleVersion, seen, ...rest } } };
  return accept(...requested, decided);
};

const undecidable = (attempt: Attempt | undefined, plan: number): AllocationRejection | null => {
  const lastPlan = attempt?.lastPlan?.plan ?? 0;
  switch (attempt?.status) {
    case 'withdrawn':
    case 'ended':
      return { type: 'AttemptAlreadyWithdrawn' };
    case 'granted':
    case 'refused':
      return { type: 'AttemptAlreadySettled' };
    case 'held':
      // A moved hold that no longer fits is planned anew; without an open plan nothing is left to decide.
      return attempt.planOpen && plan === lastPlan + 1 ? null : { type: 'AttemptAlreadySettled' };
    case 'requested':
    case 'waiting':
    case undefined:
      return plan === lastPlan + 1 ? null : { type: 'PlanOutdated', lastPlan };
  }
};

/** Warehouses that manage their back-orders themselves. */
const uncheckedOf = (wanted: Wanted | null): ReadonlySet<string> =>
  new Set((wanted?.candidates ?? []).filter((each) => !each.checked).map((each) => each.warehouseId));

/** Ids follow from order, line, SKU, attempt, plan and warehouse; what a later plan keeps unchanged keeps its id. */
const plannedUnits = (
  { orderId, attempt, plan }: { readonly orderId: string; readonly attempt: number; readonly plan: number },
  choices: readonly Choice[],
  last: Plan | null,
  unchecked: ReadonlySet<string>,
): readonly PlannedUnits[] =>
  choices.map(({ lineId, sku, warehouseId, quantity }) => {
    const kept = last?.units.find(
      (each) => each.lineId === lineId && each.sku === sku && each.warehouseId === warehouseId && each.quantity === quantity,
    );
    const shipment = last?.units.find((each) => each.warehouseId === warehouseId);
    return {
      allocationId: kept?.allocationId ?? derivedId('allocation', orderId, lineId, sku, attempt, plan, warehouseId),
      shipmentId: shipment?.shipmentId ?? derivedId('shipment', orderId, attempt, plan, warehouseId),
      lineId,
      sku,
      warehouseId,
      quantity,
      ...(unchecked.has(warehouseId) ? { unchecked: true as const } : {}),
    };
  });

/** Held units change their warehouse in one decision; the grants on the items follow it like any plan. */
export const moveHold = ({ data }: MoveHold, attempt: Attempt | undefined): PlanningDecision => {
  if (attempt?.status !== 'held' || attempt.planOpen || !attempt.lastPlan) return reject({ type: 'NotHeld' });
  const { orderId, from, to, lineIds, now } = data;
  const plan = attempt.lastPlan.plan + 1;
  const moves = (unit: PlannedUnits): boolean => unit.warehouseId === from && (lineIds === null || lineIds.includes(unit.lineId));
  if (from === to || !attempt.lastPlan.units.some(moves)) return reject({ type: 'NothingHeldThere' });
  const choices = mergedByLine(attempt.lastPlan.units.map((unit) => (moves(unit) ? { ...unit, warehouseId: to } : unit)));
  const units = plannedUnits({ orderId, attempt: data.attempt, plan }, choices, attempt.lastPlan, uncheckedOf(attempt.wanted));
  return accept({ type: 'AllocationDecided', data: { orderId, attempt: data.attempt, decidedAt: now, plan, units, record: null } });
};

/** A line that was cut over two warehouses and meets itself again is one. */
const mergedByLine = (units: readonly PlannedUnits[]): readonly Choice[] => {
  const merged = new Map<string, Choice>();
  for (const { lineId, sku, warehouseId, quantity } of units) {
    const key = `${lineId} ${sku} ${warehouseId}`;
    merged.set(key, { lineId, sku, warehouseId, quantity: quantity + (merged.get(key)?.quantity ?? 0) });
  }
  return [...merged.values()];
};
