import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import type { AllocationCommand, EndAttempt, RecordGrants, RecordWaiting, WithdrawAttempt } from './allocation.commands';
import type { AllocationEvent, AllocationRequested } from './allocation.events';
import { decidePlan, moveHold } from './allocation.planning';
import type { AllocationRejection } from './allocation.rejections';
import { evolve, noAllocation, type Allocation, type Attempt } from './allocation.state';

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

const recordGrants = ({ data }: RecordGrants, attempt: Attempt | undefined): AllocationDecision => {
  if (!attempt?.lastPlan || attempt.wanted === null) return reject({ type: 'AttemptUnknown' });
  if (attempt.status === 'withdrawn' || attempt.status === 'ended') return reject({ type: 'AttemptAlreadyWithdrawn' });
  const { plan, units, record } = attempt.lastPlan;
  if (plan !== data.plan) return reject({ type: 'PlanOutdated', lastPlan: plan });
  if (!attempt.planOpen) return accept();
  const { orderId, grantedAt, now } = data;
  const outcome = { orderId, attempt: attempt.attempt, plan, units, missing: record?.missing ?? [], grantedAt, decidedAt: now };
  return attempt.wanted.kind === 'hold' ? accept({ type: 'AllocationHeld', data: outcome }) : accept({ type: 'AllocationGranted', data: outcome });
};

const recordWaiting = ({ data }: RecordWaiting, attempt: Attempt | undefined): AllocationDecision => {
  const { orderId, wanted, plan, missing, reasons, now } = data;
  switch (attempt?.status) {
    case 'withdrawn':
    case 'ended':
      return reject({ type: 'AttemptAlreadyWithdrawn' });
    case 'granted':
    case 'held':
      return reject({ type: 'AttemptAlreadySettled' });
    case 'requested':
    case 'waiting':
    case undefined:
      break;
  }
  const lastPlan = attempt?.lastPlan?.plan ?? 0;
  if (lastPlan !== plan) return reject({ type: 'PlanOutdated', lastPlan });
  if (attempt?.status === 'waiting' && !attempt.planOpen) return accept();
  const refs = { orderId, attempt: data.attempt, decidedAt: now };
  const requested: readonly AllocationRequested[] = attempt?.wanted ? [] : [{ type: 'AllocationRequested', data: { ...refs, wanted } }];
  return accept(...requested, { type: 'AllocationWaiting', data: { ...refs, missing, reasons } });
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
export const allocationDecider: Decider<Allocation, AllocationCommand, AllocationEvent, AllocationRejection> = { initialState: noAllocation, decide, evolve };
