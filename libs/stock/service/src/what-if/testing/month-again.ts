import type { RecordedEvent } from '@stockproof/event-store';
import {
  replay,
  simulation,
  type AllocationEvent,
  type DecisionRecord,
  type LoggedEvent,
  type PlannedUnits,
  type RuleChanges,
  type SimulatedLevel,
  type SimulationResult,
  type Wanted,
} from '@stockproof/stock-domain';

type Decided = { readonly wanted: Wanted; readonly units: readonly PlannedUnits[]; readonly record: DecisionRecord };

/** Every decision of a log that a rule took, with what it was asked. */
export const decisionsIn = (events: readonly RecordedEvent[]): readonly Decided[] => {
  const wantedBy = new Map<string, Wanted>();
  return events.flatMap(({ type, data }) => {
    const event = { type, data } as AllocationEvent;
    const key = `${event.data.orderId}:${event.data.attempt}`;
    if (event.type === 'AllocationRequested') wantedBy.set(key, event.data.wanted);
    const wanted = wantedBy.get(key);
    if (event.type !== 'AllocationDecided' || event.data.record === null || wanted === undefined) return [];
    return [{ wanted, units: event.data.units, record: event.data.record }];
  });
};

/** The decisions that come out otherwise, be it by a byte, when the rule that they name takes them again. */
export const notReplayed = (decisions: readonly Decided[]): readonly Decided[] =>
  decisions.filter(({ wanted, units, record }) => {
    const { missing, reasons, search } = record;
    const choices = units.map(({ lineId, sku, warehouseId, quantity }) => ({ lineId, sku, warehouseId, quantity }));
    return JSON.stringify(replay(wanted, record)) !== JSON.stringify({ choices, missing, reasons, search });
  });

/** The log, decided once more from `from` on. */
export const decidedAgain = (events: readonly RecordedEvent[], changes: RuleChanges, from = ''): SimulationResult => {
  const again = simulation({ from, changes });
  for (const { type, data, revision, recordedAt } of events)
    again.apply({ event: { type, data } as LoggedEvent['event'], revision, recordedAt });
  return again.result();
};

/** Where stock ends up otherwise. */
export const unevenLevels = ({ levels }: SimulationResult): readonly SimulatedLevel[] =>
  levels.filter(({ recorded, whatIf }) => JSON.stringify(recorded) !== JSON.stringify(whatIf));

export const countsByType = (events: readonly RecordedEvent[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};
