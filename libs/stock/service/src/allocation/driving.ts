import { TryAgain } from '@stockproof/bus-transport';
import type { Handled } from '@stockproof/command-handling';
import { allocationRules, currentRuleVersion, type Allocation, type AllocationCommand, type AllocationEvent, type AllocationRejection, type Attempt, type Outcome, type Wanted } from '@stockproof/stock-domain';
import type { Clock } from '@stockproof/vocabulary';
import { allocationStream, type StockStreams } from '../stock.streams';
import { stepContext, type AttemptTry, type Cause, type Waiting } from './attempt-try';
import { closeGrants, grantPlan } from './granting';
import { freshItems, seenBy, skusOf } from './seeing-items';

export type Allocating = { readonly streams: StockStreams; readonly clock: Clock };

/** A plan is made anew only when somebody else was faster; so often in a row somebody else is broken. */
const stepsAtMost = 100;

/**
 * Carries one attempt, from wherever it stands, to its outcome: one step at a time, each of which may find that a crash, a
 * withdrawal or another owner was there first. Everything is read again before every step.
 */
export const driveAttempt = async (allocating: Allocating, cause: Cause, one: AttemptTry): Promise<Waiting> => {
  for (let steps = 0; steps < stepsAtMost; steps++) {
    const done = await nextStep(allocating, cause, one);
    if (done !== 'go-on') return { orderId: one.orderId, attempt: one.attempt, waits: done === 'waits' ? one.wanted : null };
  }
  throw new TryAgain(`attempt ${one.attempt} of order ${one.orderId} found no end`);
};

type Step = 'go-on' | 'waits' | 'settled';

const nextStep = async (allocating: Allocating, cause: Cause, one: AttemptTry): Promise<Step> => {
  const { state, seenAt } = await allocating.streams.allocations.load(allocationStream(cause.accountId, one.orderId));
  const attempt = state.attempts.get(one.attempt);
  if (attempt?.planOpen) return carryOut(allocating, cause, one, { attempt, seenOpenAt: seenAt });
  if (isSettled(state, one.attempt)) {
    if (attempt?.status === 'granted') await endHold(allocating, cause, one);
    return 'settled';
  }
  return plan(allocating, cause, one, { attempt, mustWrite: false });
};

/** Nothing is to be planned for it any more: it has its outcome, was withdrawn, or a later attempt has taken its place. */
export const isSettled = (allocation: Allocation, number: number): boolean => {
  const attempt = allocation.attempts.get(number);
  if (attempt?.planOpen) return false;
  if (attempt && attempt.status !== 'requested' && attempt.status !== 'waiting') return true;
  return [...allocation.attempts.values()].some((each) => each.attempt > number && each.wanted?.kind === 'allocate');
};

const carryOut = async (allocating: Allocating, cause: Cause, one: AttemptTry, seen: { readonly attempt: Attempt; readonly seenOpenAt: string }): Promise<Step> => {
  const { attempt } = seen;
  const lastPlan = attempt.lastPlan?.plan ?? 0;
  const granting = await grantPlan(allocating, cause, one.orderId, seen);
  switch (granting.result) {
    case 'look-again':
      allocating.streams.allocations.atLeast(allocationStream(cause.accountId, one.orderId), Number.MAX_SAFE_INTEGER);
      return 'go-on';
    case 'does-not-fit':
      return plan(allocating, cause, one, { attempt, mustWrite: true });
    case 'granted':
      if (attempt.lastPlan?.units.length === 0 && one.wanted.kind === 'allocate') return letWait(allocating, cause, one, { plan: lastPlan, ...nothingOf(one.wanted, attempt) });
      await allocate(allocating, cause, one, { type: 'RecordGrants', data: { ...refs(allocating, one), plan: lastPlan, grantedAt: granting.grantedAt } });
      return 'go-on';
  }
};

const plan = async (allocating: Allocating, cause: Cause, one: AttemptTry, { attempt, mustWrite }: { readonly attempt: Attempt | undefined; readonly mustWrite: boolean }): Promise<Step> => {
  const items = await freshItems(allocating.streams.items, cause.accountId, skusOf(one.wanted));
  const seen = seenBy(one, items);
  const outcome = decideBy(one.wanted, seen);
  const lastPlan = attempt?.lastPlan?.plan ?? 0;
  if (outcome.choices.length === 0 && one.wanted.kind === 'allocate' && !mustWrite) return letWait(allocating, cause, one, { plan: lastPlan, ...outcome });
  const data = { ...refs(allocating, one), wanted: one.wanted, plan: lastPlan + 1, ruleVersion: currentRuleVersion, seen, outcome };
  await allocate(allocating, cause, one, { type: 'DecideAllocation', data });
  return 'go-on';
};

export const decideBy = (wanted: Wanted, seen: Parameters<NonNullable<(typeof allocationRules)[number]>>[1]): Outcome => {
  const rule = allocationRules[currentRuleVersion];
  if (!rule) throw new Error(`allocation rule ${currentRuleVersion} is not there`);
  return rule(wanted, seen);
};

const letWait = async (allocating: Allocating, cause: Cause, one: AttemptTry, why: { readonly plan: number } & Pick<Outcome, 'missing' | 'reasons'>): Promise<Step> => {
  const { plan: lastPlan, missing, reasons } = why;
  const data = { ...refs(allocating, one), wanted: one.wanted, plan: lastPlan, missing, reasons };
  const recorded = await allocate(allocating, cause, one, { type: 'RecordWaiting', data });
  if (recorded.outcome === 'rejected') return 'go-on';
  await endHold(allocating, cause, one);
  return 'waits';
};

/** Whatever the plan left unused of the hold that this attempt took over is free from here on. */
const endHold = async (allocating: Allocating, cause: Cause, { orderId, wanted }: AttemptTry): Promise<void> => {
  if (wanted.holdAttempt === null) return;
  const stream = allocationStream(cause.accountId, orderId);
  const { state } = await allocating.streams.allocations.load(stream);
  const hold = state.attempts.get(wanted.holdAttempt);
  if (hold?.status !== 'held') return;
  await closeGrants(allocating, cause, orderId, hold);
  await allocating.streams.allocations.handle(stream, { type: 'EndAttempt', data: { orderId, attempt: hold.attempt, now: allocating.clock.now() } }, stepContext(cause, 'end', orderId, hold.attempt));
};

const refs = ({ clock }: Allocating, { orderId, attempt }: AttemptTry) => ({ orderId, attempt, now: clock.now() });

/** A refusal here means that another was faster: the next step reads what it did. */
const allocate = async (allocating: Allocating, cause: Cause, one: AttemptTry, command: AllocationCommand): Promise<Handled<AllocationEvent, AllocationRejection>> => {
  const planNumber = 'plan' in command.data ? command.data.plan : 0;
  const stream = allocationStream(cause.accountId, one.orderId);
  const handled = await allocating.streams.allocations.handle(stream, command, stepContext(cause, command.type, one.orderId, one.attempt, planNumber));
  if (handled.outcome === 'rejected' && handled.rejection.type === 'NotStorable') throw new Error(`order ${one.orderId}: ${handled.rejection.type}`);
  return handled;
};

const nothingOf = (wanted: Wanted, attempt: Attempt): Pick<Outcome, 'missing' | 'reasons'> => ({
  missing: wanted.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  reasons: attempt.lastPlan?.record?.reasons ?? [],
});

/** Takes an attempt back: said in its own stream first, then closed on every item of its plans, then ended. */
export const withdrawAttempt = async (allocating: Allocating, cause: Cause, orderId: string, number: number): Promise<Waiting> => {
  const { allocations } = allocating.streams;
  const stream = allocationStream(cause.accountId, orderId);
  const data = { orderId, attempt: number, now: allocating.clock.now() };
  const withdrawn = await allocations.handle(stream, { type: 'WithdrawAttempt', data }, stepContext(cause, 'withdraw', orderId, number));
  if (withdrawn.outcome === 'rejected') throw new TryAgain(`withdrawing attempt ${number} of order ${orderId}: ${withdrawn.rejection.type}`);
  const attempt = (await allocations.load(stream)).state.attempts.get(number);
  if (attempt) await closeGrants(allocating, cause, orderId, attempt);
  const ended = await allocations.handle(stream, { type: 'EndAttempt', data }, stepContext(cause, 'end', orderId, number));
  if (ended.outcome === 'rejected') throw new TryAgain(`ending attempt ${number} of order ${orderId}: ${ended.rejection.type}`);
  return { orderId, attempt: number, waits: null };
};
