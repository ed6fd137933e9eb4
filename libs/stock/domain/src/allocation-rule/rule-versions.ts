import type { AllocationRule, DecisionRecord, Outcome, SeenItem, Wanted } from './allocation-rule';
import { allocationRuleV1 } from './allocation-rule.v1';

/** Every rule ever released, by version. None is ever edited: a change is a new version. */
export const allocationRules: Readonly<Record<number, AllocationRule>> = { 1: allocationRuleV1 };

/** The version by which new decisions are made. */
export const currentRuleVersion = 1;

/** What the rule of today makes of this. */
export const decideByCurrentRule = (wanted: Wanted, seen: readonly SeenItem[]): Outcome => allocationRuleV1(wanted, seen);

/** Takes a recorded decision again by its own rule; `null` when that version is unknown here. */
export const replay = (wanted: Wanted, { ruleVersion, seen }: DecisionRecord): Outcome | null =>
  allocationRules[ruleVersion]?.(wanted, seen) ?? null;
