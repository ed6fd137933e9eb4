import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import type { Wanted } from '../allocation-rule/allocation-rule';
import type { AllocationCommand, EndAttempt, RecordGrants, RecordWaiting, WithdrawAttempt } from './allocation.commands';
import type { AllocationEvent, AllocationRequested } from './allocation.events';
import { decidePlan, moveHold } from './allocation.planning';
import type { AllocationRejection } from './allocation.rejections';
import { evolve, noAllocation, type Allocation, type Attempt, type Plan } from './allocation.state';

export type AllocationDecision = Decision<AllocationEvent, AllocationRejection>;

const decide = (command: AllocationCommand, allocation: Allocation): AllocationDecision => {
  const attempt = allocation.attempts.get(command.data.attempt);
  switch (command.type) {
    case 'DecideAllocation':
      return decidePlan(command, attempt);
    case 'MoveHold':
      return moveHold(command, attempt);
    case 'RecordGrants':
      return recordGrants(command, attempt);
    case 'RecordWaiting':
      return recordWaiting(command, attempt);
    case 'WithdrawAttempt':
      return withdraw(command, attempt);
    case 'EndAttempt':
      return end(command, attempt);
  }
};

const isOver = ({ status }: Attempt): boolean => status === 'withdrawn' || status === 'ended';
const isSettled = ({ status }: Attempt): boolean => status === 'granted' || status === 'held' || status === 'refused';

const recordGrants = ({ data }: RecordGrants, attempt: Attempt | undefined): AllocationDecision => {
  if (!attempt?.lastPlan || attempt.wanted === null) return reject({ type: 'AttemptUnknown' });
  if (isOver(attempt)) return reject({ type: 'AttemptAlreadyWithdrawn' });
  if (attempt.lastPlan.plan !== data.plan) return reject({ type: 'PlanOutdated', lastPlan: attempt.lastPlan.plan });
  return attempt.planOpen ? accept(outcomeOf(data, attempt.wanted.kind, attempt.lastPlan)) : accept();
};

const outcomeOf = ({ orderId, attempt, grantedAt, now }: RecordGrants['data'], kind: Wanted['kind'], last: Plan): AllocationEvent => {
  const { plan, units, record } = last;
  const refs = { orderId, attempt, decidedAt: now, missing: record?.missing ?? [] };
  // Every item has been told by now that this attempt has nothing.
  if (kind === 'move' && units.length === 0) return { type: 'AllocationRefused', data: { ...refs, reasons: record?.reasons ?? [] } };
  return { type: kind === 'hold' ? 'AllocationHeld' : 'AllocationGranted', data: { ...refs, plan, units, grantedAt } };
};

const outdated = (lastPlan: number, plan: number): AllocationDecision | null =>
  lastPlan === plan ? null : reject({ type: 'PlanOutdated', lastPlan });

/** What is known about an attempt before it may begin to wait; null where nothing stands against it. */
const answerTo = (attempt: Attempt, plan: number): AllocationDecision | null => {
  if (isOver(attempt)) return reject({ type: 'AttemptAlreadyWithdrawn' });
  if (isSettled(attempt)) return reject({ type: 'AttemptAlreadySettled' });
  const waits = attempt.status === 'waiting' && !attempt.planOpen;
  return outdated(attempt.lastPlan?.plan ?? 0, plan) ?? (waits ? accept() : null);
};

const recordWaiting = ({ data }: RecordWaiting, attempt: Attempt | undefined): AllocationDecision => {
  const { orderId, wanted, plan, missing, reasons, behind, now } = data;
  const known = attempt === undefined ? outdated(0, plan) : answerTo(attempt, plan);
  if (known !== null) return known;
  // A plan that promises something is replaced by an empty one first, and every item told: only then does the order wait.
  if (attempt?.planOpen && attempt.lastPlan?.units.length) return reject({ type: 'PlanOutdated', lastPlan: attempt.lastPlan.plan });
  const refs = { orderId, attempt: data.attempt, decidedAt: now };
  const requested: readonly AllocationRequested[] = attempt?.wanted ? [] : [{ type: 'AllocationRequested', data: { ...refs, wanted } }];
  return accept(...requested, { type: 'AllocationWaiting', data: { ...refs, missing, reasons, ...(behind ? { behind } : {}) } });
};

/** Also for an attempt that was never heard of: its request may still come, and must then do nothing. */
const withdraw = ({ data }: WithdrawAttempt, attempt: Attempt | undefined): AllocationDecision => {
  if (attempt?.status === 'withdrawn' || attempt?.status === 'ended') return accept();
  return accept({ type: 'AllocationWithdrawn', data: { orderId: data.orderId, attempt: data.attempt, decidedAt: data.now } });
};

const end = ({ data }: EndAttempt, attempt: Attempt | undefined): AllocationDecision => {
  if (attempt?.status === 'ended') return accept();
  if (attempt?.status !== 'withdrawn' && attempt?.status !== 'held') return reject({ type: 'AttemptStillOpen' });
  return accept({ type: 'AllocationEnded', data: { orderId: data.orderId, attempt: data.attempt, decidedAt: data.now } });
};

/** What one order has been promised, try by try: the plan first, then the grants, then the outcome. */
export const allocationDecider: Decider<Allocation, AllocationCommand, AllocationEvent, AllocationRejection> = {
  initialState: noAllocation,
  decide,
  evolve,
};
