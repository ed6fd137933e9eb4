import { stateFrom } from '@stockproof/decider';
import fc from 'fast-check';
import type { Outcome, Wanted } from '../allocation-rule/allocation-rule';
import type { AllocationCommand } from './allocation.commands';
import { allocationDecider } from './allocation.decider';
import type { AllocationEvent } from './allocation.events';

/** What is known of an attempt by the last word about it. */
type Told = { status: string; plans: number; open: boolean };

describe('any history of an allocation', () => {
  it('has every attempt where the last word about it left it', () =>
    always((history) => {
      const state = stateFrom(allocationDecider, history);
      const books = history.reduce(book, new Map<number, Told>());
      expect(
        [...state.attempts].map(([attempt, { status, lastPlan, planOpen }]) => [
          attempt,
          { status, plans: lastPlan?.plan ?? 0, open: planOpen },
        ]),
      ).toEqual([...books]);
    }));

  it('writes plans one after the other, and an outcome only of the last one', () =>
    always((history) => {
      for (const events of byAttempt(history)) {
        const plans = events.flatMap((event) => (event.type === 'AllocationDecided' ? [event.data.plan] : []));
        expect(plans).toEqual(plans.map((_, index) => index + 1));
        events.forEach((event, index) => {
          if (event.type !== 'AllocationGranted' && event.type !== 'AllocationHeld') return;
          const before = events.slice(0, index).findLast((each) => each.type === 'AllocationDecided');
          expect(before?.type === 'AllocationDecided' ? [before.data.plan, before.data.units] : null).toEqual([
            event.data.plan,
            event.data.units,
          ]);
        });
      }
    }));

  it('promises, waits and plans nothing after a withdrawal, and ends once', () =>
    always((history) => {
      for (const events of byAttempt(history)) {
        const from = events.findIndex(({ type }) => type === 'AllocationWithdrawn');
        if (from >= 0) expect(events.slice(from + 1).filter(({ type }) => type !== 'AllocationEnded')).toEqual([]);
        expect(events.filter(({ type }) => type === 'AllocationEnded').length).toBeLessThanOrEqual(1);
      }
    }));

  it('keeps what was wanted exactly once, before anything that follows from it', () =>
    always((history) => {
      for (const events of byAttempt(history)) {
        const follows = events.findIndex(({ type }) => type === 'AllocationDecided' || type === 'AllocationWaiting');
        const asked = events.flatMap(({ type }, index) => (type === 'AllocationRequested' ? [index] : []));
        expect(asked.length).toBe(follows < 0 ? 0 : 1);
        if (follows >= 0) expect(asked[0]).toBeLessThan(follows);
      }
    }));

  it('lets no move wait, and refuses one only of which nothing is promised', () =>
    always((history) => {
      for (const events of byAttempt(history)) {
        const refused = events.findIndex(({ type }) => type === 'AllocationRefused');
        if (refused < 0) continue;
        const before = events.slice(0, refused).findLast((each) => each.type === 'AllocationDecided');
        expect(before?.type === 'AllocationDecided' ? before.data.units : null).toEqual([]);
        expect(events.slice(refused + 1).map(({ type }) => type)).toEqual(
          ['AllocationWithdrawn', 'AllocationEnded'].slice(0, events.length - refused - 1),
        );
      }
    }));

  it('gives every unit an id of its own', () =>
    always((history) => {
      for (const event of history)
        if (event.type === 'AllocationDecided')
          expect(new Set(event.data.units.map(({ allocationId }) => allocationId)).size).toBe(event.data.units.length);
    }));
});

const book = (books: Map<number, Told>, { type, data }: AllocationEvent): Map<number, Told> => {
  const known = books.get(data.attempt) ?? { status: 'requested', plans: 0, open: false };
  const outcomes: Partial<Record<AllocationEvent['type'], string>> = {
    AllocationGranted: 'granted',
    AllocationHeld: 'held',
    AllocationWaiting: 'waiting',
    AllocationRefused: 'refused',
    AllocationWithdrawn: 'withdrawn',
    AllocationEnded: 'ended',
  };
  const status = outcomes[type];
  if (type === 'AllocationDecided') return books.set(data.attempt, { ...known, plans: data.plan, open: true });
  return books.set(data.attempt, status === undefined ? known : { ...known, status, open: false });
};

const byAttempt = (history: readonly AllocationEvent[]): readonly (readonly AllocationEvent[])[] => [
  ...Map.groupBy(history, (event) => event.data.attempt).values(),
];

const now = '2026-01-10T12:00:00.000Z';
const wanted = (kind: Wanted['kind']): Wanted => ({
  kind,
  orderNumber: '1',
  orderDate: now,
  arrivedAt: now,
  lines: [
    { lineId: '1', sku: 'tea', quantity: 3 },
    { lineId: '2', sku: 'tea', quantity: 1 },
  ],
  candidates: ['A', 'B', 'C'].map((warehouseId) => ({ warehouseId, code: warehouseId, priority: 1, checked: warehouseId !== 'C' })),
  settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: true, partial: true },
  holdAttempt: null,
});

const anyStep = fc.record({
  type: fc.constantFrom<AllocationCommand['type']>(
    'DecideAllocation',
    'DecideAllocation',
    'RecordGrants',
    'RecordGrants',
    'RecordWaiting',
    'MoveHold',
    'WithdrawAttempt',
    'EndAttempt',
  ),
  attempt: fc.integer({ min: 1, max: 3 }),
  plan: fc.integer({ min: 0, max: 4 }),
  given: fc.array(
    fc.record({
      lineId: fc.constantFrom('1', '2'),
      sku: fc.constant('tea'),
      warehouseId: fc.constantFrom('A', 'B', 'C'),
      quantity: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 4 },
  ),
});

const commandOf = ({
  type,
  attempt,
  plan,
  given,
}: {
  readonly type: AllocationCommand['type'];
  readonly attempt: number;
  readonly plan: number;
  readonly given: Outcome['choices'];
}): AllocationCommand => {
  const of = { orderId: 'o', attempt, now };
  const asked = wanted((['allocate', 'hold', 'move'] as const)[attempt - 1] ?? 'allocate');
  switch (type) {
    case 'DecideAllocation': {
      const choices = [...new Map(given.map((each) => [`${each.lineId} ${each.warehouseId}`, each])).values()];
      return {
        type,
        data: { ...of, wanted: asked, plan, ruleVersion: 1, seen: [], outcome: { choices, missing: [], reasons: [], search: 'exact' } },
      };
    }
    case 'RecordGrants':
      return { type, data: { ...of, plan, grantedAt: [] } };
    case 'RecordWaiting':
      return { type, data: { ...of, wanted: asked, plan, missing: [], reasons: [] } };
    case 'MoveHold':
      return { type, data: { ...of, from: 'A', to: 'B', lineIds: plan === 0 ? ['1'] : null } };
    case 'WithdrawAttempt':
    case 'EndAttempt':
      return { type, data: of };
  }
};

/** Plans are mostly named as they stand: a plan that is out of date is refused, which is tried too. */
const always = (check: (history: readonly AllocationEvent[]) => void): void =>
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
      const state = allocationDecider.initialState();
      const history: AllocationEvent[] = [];
      for (const step of steps) {
        const last = state.attempts.get(step.attempt)?.lastPlan?.plan ?? 0;
        const command = commandOf({ ...step, plan: step.plan === 0 ? 0 : step.type === 'DecideAllocation' ? last + 1 : last });
        const decision = allocationDecider.decide(command, state);
        if (decision.outcome === 'rejected') continue;
        for (const event of decision.events) allocationDecider.evolve(state, event);
        history.push(...decision.events);
      }
      check(history);
    }),
    { numRuns: 200 },
  );
