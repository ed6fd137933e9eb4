import type { Command } from '@stockproof/decider';
import type { Instant, WarehouseId } from '@stockproof/vocabulary';
import type { Outcome, SeenItem, Wanted } from '../allocation-rule/allocation-rule';
import type { AttemptRef } from '../item/item.events';
import type { Behind, GrantedAt } from './allocation.events';

type Of = AttemptRef & { readonly now: Instant };

/** Writes plan `plan`, the attempt's next. `wanted` is kept with the first of them. */
export type DecideAllocation = Command<
  'DecideAllocation',
  Of & { wanted: Wanted; plan: number; ruleVersion: number; seen: readonly SeenItem[]; outcome: Outcome }
>;

/** A person moves held units from one warehouse to another; `lineIds` null: those of all lines. */
export type MoveHold = Command<'MoveHold', Of & { from: WarehouseId; to: WarehouseId; lineIds: readonly string[] | null }>;

export type RecordGrants = Command<'RecordGrants', Of & { plan: number; grantedAt: readonly GrantedAt[] }>;

/** Nothing could be planned, or an empty plan has been carried out. */
export type RecordWaiting = Command<
  'RecordWaiting',
  Of & { wanted: Wanted; plan: number; missing: Outcome['missing']; reasons: Outcome['reasons']; behind?: Behind }
>;

export type WithdrawAttempt = Command<'WithdrawAttempt', Of>;

export type EndAttempt = Command<'EndAttempt', Of>;

export type AllocationCommand = DecideAllocation | MoveHold | RecordGrants | RecordWaiting | WithdrawAttempt | EndAttempt;
