import { refusalOf, TryAgain } from '@stockproof/bus-transport';
import type { Handled } from '@stockproof/command-handling';
import {
  currentRuleVersion,
  type AllocationCommand,
  type AllocationEvent,
  type AllocationRejection,
  type Attempt,
  type Behind,
  type Outcome,
  type SeenItem,
} from '@stockproof/stock-domain';
import { allocationStream } from '../stock.streams';
import { stepContext, type AttemptResult, type Cause, type ToTry } from './attempt-try';
import { closeGrants, grantPlan, type AllocationTools, type OpenPlan } from './granting';
import { draftOf } from './drafting';
import { needsNoPlan } from './needs-no-plan';
import { lookAt, skusOf } from './seeing-items';

/** What the rule makes of what was seen; nothing of it is written yet. `behind`: it is not its turn. */
export type Draft = { readonly seen: readonly SeenItem[]; readonly outcome: Outcome; readonly behind: Behind | null };

/** A plan is made anew only when somebody else was faster; so often in a row somebody else is broken. */
const stepsAtMost = 100;

/**
 * Carries one attempt, from wherever it stands, to its outcome: one step at a time, each of which may find that a crash, a
 * withdrawal or another owner was there first. Everything is read again before every step; `draft` spares the first look.
 */
export const driveAttempt = async (tools: AllocationTools, toTry: ToTry, draft: Draft | null = null): Promise<AttemptResult> => {
  let step: Step = draft === null ? 'go-on' : await write(tools, toTry, draft, { mustWrite: false });
  for (let steps = 0; steps < stepsAtMost; steps++) {
    if (step === 'waits' || step === 'settled')
      return { orderId: toTry.orderId, attempt: toTry.attempt, waits: step === 'waits' ? toTry.wanted : null };
    step = step === 'go-on' ? await nextStep(tools, toTry) : await carryOut(tools, toTry, step.carryOut);
  }
  throw new TryAgain(`attempt ${toTry.attempt} of order ${toTry.orderId} found no end`);
};

type Step = 'go-on' | 'waits' | 'settled' | { readonly carryOut: OpenPlan };

const nextStep = async (tools: AllocationTools, toTry: ToTry): Promise<Step> => {
  const stream = allocationStream(toTry.cause.accountId, toTry.orderId);
  const { state, revision, lastEventId, seenAt } = await tools.streams.allocations.load(stream);
  const attempt = state.attempts.get(toTry.attempt);
  const open = attempt && openPlanOf(toTry, attempt, seenAt);
  if (open) {
    // A plan that is still on its way to the store may never arrive: nothing is granted under it before it has.
    const written = await tools.streams.allocations.confirm([{ stream, revision, lastEventId }]);
    return written ? { carryOut: open } : 'go-on';
  }
  if (!needsNoPlan(state, toTry.attempt)) return plan(tools, toTry, { mustWrite: false });
  if (attempt?.status === 'granted') await endHold(tools, toTry);
  return 'settled';
};

const openPlanOf = ({ orderId, wanted }: ToTry, { attempt, planOpen, lastPlan, skus }: Attempt, seenOpenAt: string): OpenPlan | null =>
  planOpen && lastPlan ? { orderId, attempt, plan: lastPlan, skus: [...skus], seenOpenAt, wanted } : null;

const carryOut = async (tools: AllocationTools, toTry: ToTry, open: OpenPlan): Promise<Step> => {
  const granting = await grantPlan(tools, toTry.cause, open);
  switch (granting.result) {
    case 'look-again':
      tools.streams.allocations.forget(allocationStream(toTry.cause.accountId, toTry.orderId));
      return 'go-on';
    case 'does-not-fit':
      return plan(tools, toTry, { mustWrite: true });
    case 'granted':
      // An empty plan takes back what the one before it was granted: then the order waits.
      if (open.plan.units.length === 0 && toTry.wanted.kind === 'allocate')
        return letWait(tools, toTry, open.plan.plan, nothingFor(toTry, open));
      await tell(tools, toTry, {
        type: 'RecordGrants',
        data: { ...refs(tools, toTry), plan: open.plan.plan, grantedAt: granting.grantedAt },
      });
      return 'go-on';
  }
};

const plan = async (tools: AllocationTools, toTry: ToTry, how: { readonly mustWrite: boolean }): Promise<Step> => {
  // Whose plan stands and cannot be carried out has had its turn.
  const turns = how.mustWrite ? null : (tools.turns ?? null);
  const draft = await lookAt(tools.streams.items, toTry.cause.accountId, skusOf(toTry.wanted), (items) => draftOf(toTry, items, turns));
  return write(tools, toTry, draft, how);
};

/** `mustWrite`: a plan stands that cannot be carried out, so even an empty one must replace it. */
const write = async (
  tools: AllocationTools,
  toTry: ToTry,
  { seen, outcome, behind }: Draft,
  { mustWrite }: { readonly mustWrite: boolean },
): Promise<Step> => {
  const lastPlan = planNumberOf((await attemptOf(tools, toTry)).attempt);
  if (outcome.choices.length === 0 && toTry.wanted.kind === 'allocate' && !mustWrite)
    return letWait(tools, toTry, lastPlan, behind ? { ...outcome, behind } : outcome);
  const data = { ...refs(tools, toTry), wanted: toTry.wanted, plan: lastPlan + 1, ruleVersion: currentRuleVersion, seen, outcome };
  const decided = await tell(tools, toTry, { type: 'DecideAllocation', data });
  if (decided.outcome === 'rejected') return 'go-on';
  // Our own plan is known to be written: that counts as having seen the attempt open.
  const { attempt, seenAt } = await attemptOf(tools, toTry);
  const open = attempt && openPlanOf(toTry, attempt, seenAt);
  return open?.plan.plan === lastPlan + 1 ? { carryOut: open } : 'go-on';
};

/** 0: no plan yet. */
const planNumberOf = (attempt: Attempt | undefined): number => attempt?.lastPlan?.plan ?? 0;

const letWait = async (
  tools: AllocationTools,
  toTry: ToTry,
  lastPlan: number,
  { missing, reasons, behind }: Pick<Outcome, 'missing' | 'reasons'> & { readonly behind?: Behind },
): Promise<Step> => {
  const recorded = await tell(tools, toTry, {
    type: 'RecordWaiting',
    data: { ...refs(tools, toTry), wanted: toTry.wanted, plan: lastPlan, missing, reasons, ...(behind ? { behind } : {}) },
  });
  if (recorded.outcome === 'rejected') return 'go-on';
  await endHold(tools, toTry);
  return 'waits';
};

/** Whatever the plan left unused of the hold that this attempt took over is free from here on. */
const endHold = async (tools: AllocationTools, { orderId, wanted, cause }: ToTry): Promise<void> => {
  if (wanted.holdAttempt === null) return;
  const stream = allocationStream(cause.accountId, orderId);
  const { state } = await tools.streams.allocations.load(stream);
  const hold = state.attempts.get(wanted.holdAttempt);
  if (hold?.status !== 'held') return;
  await closeGrants(tools, cause, orderId, hold);
  await endAttempt(tools, cause, orderId, wanted.holdAttempt);
};

const endAttempt = async (tools: AllocationTools, cause: Cause, orderId: string, attempt: number): Promise<void> => {
  const context = stepContext(cause, 'EndAttempt', orderId, attempt);
  const ended = await tools.streams.allocations.handle(
    allocationStream(cause.accountId, orderId),
    { type: 'EndAttempt', data: { orderId, attempt, now: tools.clock.now() } },
    context,
  );
  if (ended.outcome === 'rejected') throw refusalOf(ended.rejection, `ending attempt ${attempt} of order ${orderId}`);
};

const refs = ({ clock }: AllocationTools, { orderId, attempt }: ToTry) => ({ orderId, attempt, now: clock.now() });

const attemptOf = async (
  { streams }: AllocationTools,
  { orderId, attempt, cause }: ToTry,
): Promise<{ readonly attempt: Attempt | undefined; readonly seenAt: string }> => {
  const { state, seenAt } = await streams.allocations.load(allocationStream(cause.accountId, orderId));
  return { attempt: state.attempts.get(attempt), seenAt };
};

/** A refusal by the attempt means that another was faster: the next step reads what it did. */
const tell = async (
  tools: AllocationTools,
  { orderId, attempt, cause }: ToTry,
  command: AllocationCommand,
): Promise<Handled<AllocationEvent, AllocationRejection>> => {
  const planNumber = 'plan' in command.data ? command.data.plan : 0;
  const handled = await tools.streams.allocations.handle(
    allocationStream(cause.accountId, orderId),
    command,
    stepContext(cause, command.type, orderId, attempt, planNumber),
  );
  if (handled.outcome === 'rejected' && handled.rejection.type === 'NotStorable')
    throw refusalOf(handled.rejection, `${command.type} of order ${orderId}`);
  return handled;
};

const nothingFor = ({ wanted }: ToTry, { plan: { record } }: OpenPlan): Pick<Outcome, 'missing' | 'reasons'> => ({
  missing: wanted.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  reasons: record?.reasons ?? [],
});

/** Takes an attempt back: said in its own stream first, then closed on every item of its plans, then ended. */
export const withdrawAttempt = async (tools: AllocationTools, cause: Cause, orderId: string, number: number): Promise<AttemptResult> => {
  const { allocations } = tools.streams;
  const stream = allocationStream(cause.accountId, orderId);
  const data = { orderId, attempt: number, now: tools.clock.now() };
  const withdrawn = await allocations.handle(
    stream,
    { type: 'WithdrawAttempt', data },
    stepContext(cause, 'WithdrawAttempt', orderId, number),
  );
  if (withdrawn.outcome === 'rejected') throw refusalOf(withdrawn.rejection, `withdrawing attempt ${number} of order ${orderId}`);
  const attempt = (await allocations.load(stream)).state.attempts.get(number);
  if (attempt) await closeGrants(tools, cause, orderId, attempt);
  await endAttempt(tools, cause, orderId, number);
  return { orderId, attempt: number, waits: null };
};
