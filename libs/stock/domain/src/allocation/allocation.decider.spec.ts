import { given as givenFor } from '@stockproof/decider-testing';
import { derivedId } from '@stockproof/vocabulary';
import type { Outcome, Wanted } from '../allocation-rule/allocation-rule';
import { allocationDecider } from './allocation.decider';
import type { AllocationEvent, PlannedUnits } from './allocation.events';

const given = givenFor(allocationDecider);

describe('deciding a plan', () => {
  it('keeps what was wanted with the first plan, and the decision beside its units', () =>
    given().when(decide(1)).then(requested(), decided(1)));
  it('keeps the wanted once', () => given(requested(), waiting).when(decide(1)).then(decided(1)));
  it('gives units new ids, except what a later plan keeps unchanged', () => {
    const [first, second] = planIds([choice('1', A, 3), choice('2', A, 2)], [choice('1', A, 3), choice('2', A, 1), choice('2', B, 1)]);
    expect(second?.map((unit) => unit.allocationId === first?.find((each) => each.lineId === unit.lineId)?.allocationId)).toEqual([
      true,
      false,
      false,
    ]);
    expect(second?.map((unit) => unit.shipmentId === first?.[0]?.shipmentId)).toEqual([true, true, false]);
  });
  it('marks what comes from a warehouse whose stock is not looked at', () => {
    const unlooked = wanted({ candidates: [{ ...candidate(A), checked: false }, candidate(B)] });
    const decision = allocationDecider.decide(
      { ...decide(1), data: { ...decide(1).data, wanted: unlooked } },
      allocationDecider.initialState(),
    );
    expect(decision).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'AllocationRequested' }, { type: 'AllocationDecided', data: { units: [{ warehouseId: A, unchecked: true }] } }],
    });
  });
  it('replaces a plan that no longer fitted', () => given(requested(), decided(1)).when(decide(2, [])).then(decided(2, [])));
  it('is one plan after another', () => given(requested(), decided(1)).when(decide(3)).thenRejected({ type: 'PlanOutdated', lastPlan: 1 }));
  it('is not repeated', () => given(requested(), decided(1)).when(decide(1)).thenRejected({ type: 'PlanOutdated', lastPlan: 1 }));
  it('comes to nothing once granted', () =>
    given(requested(), decided(1), granted(1)).when(decide(2)).thenRejected({ type: 'AttemptAlreadySettled' }));
  it('comes to nothing once held', () =>
    given(requested('hold'), decided(1), held(1)).when(decide(2)).thenRejected({ type: 'AttemptAlreadySettled' }));
  it('plans a moved hold anew that no longer fits', () => {
    given(requested('hold'), decided(1), held(1), moved(2)).when(decide(3, [])).then(decided(3, []));
    given(requested('hold'), decided(1), held(1), moved(2)).when(decide(2, [])).thenRejected({ type: 'AttemptAlreadySettled' });
  });
  it('comes to nothing once withdrawn', () =>
    given(requested(), withdrawn).when(decide(1)).thenRejected({ type: 'AttemptAlreadyWithdrawn' }));
  it('comes to nothing once ended', () => given(withdrawn, ended).when(decide(1)).thenRejected({ type: 'AttemptAlreadyWithdrawn' }));
  it('is a matter of its own attempt', () =>
    given(requested(), withdrawn)
      .when(ofSecond(decide(1)))
      .then(ofSecond(requested()), decided(1, undefined, 2)));
});

describe('moving a hold', () => {
  it('moves all of one warehouse to another', () => given(requested('hold'), decided(1), held(1)).when(move(A, B)).then(moved(2)));
  it('moves some lines, and what meets its own line there becomes one', () => {
    const cut = [choice('1', A, 2), choice('1', B, 1), choice('2', A, 4)];
    const state = [requested('hold'), decided(1, cut), heldBy(1, cut)].reduce(allocationDecider.evolve, allocationDecider.initialState());
    const decision = allocationDecider.decide(move(A, B, ['1']), state);
    expect(decision).toMatchObject({
      events: [
        {
          data: {
            record: null,
            units: [
              { lineId: '1', warehouseId: B, quantity: 3 },
              { lineId: '2', warehouseId: A, quantity: 4 },
            ],
          },
        },
      ],
    });
  });
  it('leaves unlooked what lies in a warehouse whose stock is not looked at', () => {
    const cut = [choice('1', A, 2), choice('2', B, 1)];
    const asked = {
      ...requested('hold'),
      data: { ...refs, wanted: wanted({ kind: 'hold', candidates: [candidate(A), { ...candidate(B), checked: false }, candidate('c')] }) },
    } as AllocationEvent;
    const state = [asked, decided(1, cut), heldBy(1, cut)].reduce(allocationDecider.evolve, allocationDecider.initialState());
    expect(allocationDecider.decide(move(A, 'c'), state)).toMatchObject({
      events: [{ data: { units: [{ warehouseId: 'c' }, { warehouseId: B, unchecked: true }] } }],
    });
  });
  it('needs a hold', () => given(requested(), decided(1), granted(1)).when(move(A, B)).thenRejected({ type: 'NotHeld' }));
  it('needs one that is not being moved already', () =>
    given(requested('hold'), decided(1), held(1), moved(2)).when(move(B, A)).thenRejected({ type: 'NotHeld' }));
  it('needs something to be held there', () => {
    given(requested('hold'), decided(1), held(1)).when(move(B, A)).thenRejected({ type: 'NothingHeldThere' });
    given(requested('hold'), decided(1), held(1))
      .when(move(A, B, ['7']))
      .thenRejected({ type: 'NothingHeldThere' });
  });
  it('needs another warehouse', () =>
    given(requested('hold'), decided(1), held(1)).when(move(A, A)).thenRejected({ type: 'NothingHeldThere' }));
});

describe('recording grants', () => {
  it('says what was promised', () => given(requested(), decided(1)).when(record(1)).then(granted(1)));
  it('says what is kept, where it was wanted kept', () => given(requested('hold'), decided(1)).when(record(1)).then(held(1)));
  it('says so once', () => given(requested(), decided(1), granted(1)).when(record(1)).thenNothing());
  it('needs a plan', () => given(requested()).when(record(1)).thenRejected({ type: 'AttemptUnknown' }));
  it('needs the attempt', () => given().when(record(1)).thenRejected({ type: 'AttemptUnknown' }));
  it('is about the last plan', () =>
    given(requested(), decided(1), decided(2)).when(record(1)).thenRejected({ type: 'PlanOutdated', lastPlan: 2 }));
  it('comes too late once withdrawn', () =>
    given(requested(), decided(1), withdrawn).when(record(1)).thenRejected({ type: 'AttemptAlreadyWithdrawn' }));
});

describe('waiting', () => {
  it('begins where nothing could be planned', () => given().when(wait(0)).then(requested(), waiting));
  it('begins once an empty plan was carried out', () => given(requested(), decided(1, [])).when(wait(1)).then(waiting));
  it('is said once', () => given(requested(), waiting).when(wait(0)).thenNothing());
  it('is about the last plan', () => {
    given(requested(), decided(1)).when(wait(0)).thenRejected({ type: 'PlanOutdated', lastPlan: 1 });
    given(requested(), decided(1)).when(wait(1)).thenRejected({ type: 'PlanOutdated', lastPlan: 1 });
    given().when(wait(1)).thenRejected({ type: 'PlanOutdated', lastPlan: 0 });
  });
  it('never follows a promise', () =>
    given(requested(), decided(1), granted(1)).when(wait(1)).thenRejected({ type: 'AttemptAlreadySettled' }));
  it('never follows a withdrawal', () => given(requested(), withdrawn).when(wait(0)).thenRejected({ type: 'AttemptAlreadyWithdrawn' }));
});

describe('withdrawing an attempt', () => {
  it('is written also where the attempt was never heard of', () => given().when(withdraw).then(withdrawn));
  it('takes a granted one back', () => given(requested(), decided(1), granted(1)).when(withdraw).then(withdrawn));
  it('is said once', () => given(requested(), withdrawn).when(withdraw).thenNothing());
  it('is said no more once it has ended', () => given(withdrawn, ended).when(withdraw).thenNothing());
});

describe('ending an attempt', () => {
  it('follows the withdrawal', () => given(withdrawn).when(end).then(ended));
  it('ends a hold that was taken over', () => given(requested('hold'), decided(1), held(1)).when(end).then(ended));
  it('is said once', () => given(withdrawn, ended).when(end).thenNothing());
  it('never comes first', () => {
    given().when(end).thenRejected({ type: 'AttemptStillOpen' });
    given(requested(), decided(1), granted(1)).when(end).thenRejected({ type: 'AttemptStillOpen' });
  });
});

describe('a move', () => {
  it('is granted as an allocation is', () => given(requested('move'), decided(1)).when(record(1)).then(granted(1)));
  it('of which nothing could be planned is refused: it does not wait', () =>
    given(requested('move'), decided(1, [])).when(record(1)).then(refusedMove));
  it('that was refused has its outcome', () => {
    given(requested('move'), decided(1, []), refusedMove).when(record(1)).thenNothing();
    given(requested('move'), decided(1, []), refusedMove).when(decide(2)).thenRejected({ type: 'AttemptAlreadySettled' });
    given(requested('move'), decided(1, []), refusedMove).when(wait(1)).thenRejected({ type: 'AttemptAlreadySettled' });
  });
  it('that was refused is withdrawn like any attempt', () =>
    given(requested('move'), decided(1, []), refusedMove).when(withdraw).then(withdrawn));
});

const A = 'warehouse-a';
const B = 'warehouse-b';
const now = '2026-01-10T12:00:00.000Z';
const sku = 'TEA-100';
const of = { orderId: 'o', attempt: 1, now };
const refs = { orderId: 'o', attempt: 1, decidedAt: now };
const missing = [{ lineId: '1', sku, quantity: 3 }];

type Choice = Outcome['choices'][number];
type Plan = Extract<AllocationEvent, { type: 'AllocationDecided' }>;
function candidate(warehouseId: string) {
  return { warehouseId, code: warehouseId, priority: 1, checked: true };
}
function wanted(more: Partial<Wanted> = {}): Wanted {
  const settings = { allowSplitting: true, maximumShipments: null, allowLineSplit: true, partial: false };
  return {
    kind: 'allocate',
    orderNumber: '1',
    orderDate: now,
    arrivedAt: now,
    lines: [{ lineId: '1', sku, quantity: 3 }],
    candidates: [candidate(A), candidate(B)],
    settings,
    holdAttempt: null,
    ...more,
  };
}
function choice(lineId: string, warehouseId: string, quantity: number): Choice {
  return { lineId, sku, warehouseId, quantity };
}
function decide(plan: number, choices: readonly Choice[] = [choice('1', A, 3)]) {
  const outcome: Outcome = { choices, missing: choices.length === 0 ? missing : [], reasons: ['taken', 'not-needed'], search: 'exact' };
  return {
    type: 'DecideAllocation',
    data: { ...of, wanted: wanted(), plan, ruleVersion: 1, seen: [{ sku, revision: 4, free: [5, 0] }], outcome },
  } as const;
}
function requested(kind: Wanted['kind'] = 'allocate'): AllocationEvent {
  return { type: 'AllocationRequested', data: { ...refs, wanted: wanted({ kind }) } };
}
function decided(plan: number, choices: readonly Choice[] = [choice('1', A, 3)], attempt = 1): Plan {
  const record = {
    ruleVersion: 1,
    seen: [{ sku, revision: 4, free: [5, 0] }],
    missing: choices.length === 0 ? missing : [],
    reasons: ['taken', 'not-needed'],
    search: 'exact',
  } as const;
  return { type: 'AllocationDecided', data: { ...refs, attempt, plan, units: unitsOf(plan, choices, attempt), record } };
}
function unitsOf(plan: number, choices: readonly Choice[], attempt = 1): readonly PlannedUnits[] {
  return choices.map(({ lineId, warehouseId, quantity }) => ({
    allocationId: derivedId('allocation', 'o', lineId, sku, attempt, plan, warehouseId),
    shipmentId: derivedId('shipment', 'o', attempt, plan, warehouseId),
    lineId,
    sku,
    warehouseId,
    quantity,
  }));
}
function outcomeOf(plan: number, units: readonly PlannedUnits[]) {
  return { ...refs, plan, units, missing: [], grantedAt: [{ sku, revision: 5 }] };
}
function granted(plan: number): AllocationEvent {
  return { type: 'AllocationGranted', data: outcomeOf(plan, unitsOf(1, [choice('1', A, 3)])) };
}
function held(plan: number): AllocationEvent {
  return heldBy(plan, [choice('1', A, 3)]);
}
function heldBy(plan: number, choices: readonly Choice[]): AllocationEvent {
  return { type: 'AllocationHeld', data: outcomeOf(plan, unitsOf(1, choices)) };
}
function move(from: string, to: string, lineIds: readonly string[] | null = null) {
  return { type: 'MoveHold', data: { ...of, from, to, lineIds } } as const;
}
function moved(plan: number): AllocationEvent {
  return { type: 'AllocationDecided', data: { ...refs, plan, units: unitsOf(plan, [choice('1', B, 3)]), record: null } };
}
/** The units of plans that follow each other. */
function planIds(...plans: readonly (readonly Choice[])[]): readonly (readonly PlannedUnits[])[] {
  let state = allocationDecider.initialState();
  return plans.map((choices, index) => {
    const decision = allocationDecider.decide(decide(index + 1, choices), state);
    const events = decision.outcome === 'accepted' ? decision.events : [];
    state = events.reduce(allocationDecider.evolve, state);
    return events.flatMap((event) => (event.type === 'AllocationDecided' ? event.data.units : []));
  });
}
function ofSecond<Message extends { readonly data: { readonly attempt: number } }>(message: Message): Message {
  return { ...message, data: { ...message.data, attempt: 2 } };
}
function record(plan: number) {
  return { type: 'RecordGrants', data: { ...of, plan, grantedAt: [{ sku, revision: 5 }] } } as const;
}
function wait(plan: number) {
  return { type: 'RecordWaiting', data: { ...of, wanted: wanted(), plan, missing, reasons: ['not-enough'] } } as const;
}
const waiting: AllocationEvent = { type: 'AllocationWaiting', data: { ...refs, missing, reasons: ['not-enough'] } };
const refusedMove: AllocationEvent = { type: 'AllocationRefused', data: { ...refs, missing, reasons: ['taken', 'not-needed'] } };
const withdraw = { type: 'WithdrawAttempt', data: of } as const;
const withdrawn: AllocationEvent = { type: 'AllocationWithdrawn', data: refs };
const end = { type: 'EndAttempt', data: of } as const;
const ended: AllocationEvent = { type: 'AllocationEnded', data: refs };
