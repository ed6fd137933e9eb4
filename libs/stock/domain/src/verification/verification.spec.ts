import { plusMs, type Instant } from '@stockproof/vocabulary';
import type { AllocationEvent, PlannedUnits } from '../allocation/allocation.events';
import type { Wanted } from '../allocation-rule/allocation-rule';
import type { ItemEvent } from '../item/item.events';
import type { StockChange } from '../item/quantities';
import { faultsOfItem, hearItemEvent, itemHistory, type TakenUnits, type Told } from './item-history';
import { orderHistory, unreadableOrder } from './order-history';
import { answersClaim, claimsOf, grantsWithoutOwner, settlingMs, takenFromOwners, unmetClaim, type Owners } from './ownership';

const now = '2026-01-10T12:00:00.000Z';

describe('a grant', () => {
  const granted = item(stock(5), grant('ORDER', 1, [unit('u', 3)]));

  it('whose attempt was granted it has a living owner', () => {
    expect(ownerless(granted, { ORDER: order(requested(), decided([unit('u', 3)]), settled([unit('u', 3)])) })).toEqual([]);
  });

  it('under a plan that is being carried out has one too, however old it is', () => {
    expect(ownerless(granted, { ORDER: order(requested(), decided([unit('u', 3)])) }, plusMs(now, 10 * settlingMs))).toEqual([]);
  });

  it.each<[string, readonly AllocationEvent[], string]>([
    ['an attempt that nobody knows', [], 'its order knows no such attempt'],
    ['an attempt without a plan', [requested()], 'no plan of the attempt was ever written'],
    ['an attempt that waits', [requested(), waiting()], 'the attempt waits, so it was promised nothing'],
    ['an attempt that has ended', [requested(), decided([unit('u', 3)]), withdrawn(), ended()], 'the attempt has ended'],
    ['a plan that does not name it', [requested(), decided([]), settled([])], 'its last plan does not name them'],
  ])('of %s has no owner', (_, events, because) => {
    expect(ownerless(granted, { ORDER: order(...events) })).toEqual([
      { kind: 'allocation-without-owner', orderId: 'ORDER', says: `3 are promised to attempt 1 of order ORDER, but ${because}` },
    ]);
  });

  it('of an attempt that was withdrawn may still be on its way back, but not for ever', () => {
    const history = { ORDER: order(requested(), decided([unit('u', 3)]), withdrawn()) };
    expect(ownerless(granted, history, plusMs(now, settlingMs))).toEqual([]);
    expect(ownerless(granted, history, plusMs(now, settlingMs + 1))).toHaveLength(1);
  });

  it('that disagrees with its plan as a whole is told of the owner, not of the grant', () => {
    expect(ownerless(granted, { ORDER: order(requested(), decided([unit('other', 3)]), settled([unit('other', 3)])) })).toEqual([]);
  });

  it('whose order cannot be read is not judged', () => expect(ownerless(granted, { ORDER: unreadableOrder() })).toEqual([]));

  it('that has left or was freed needs no owner any more', () => {
    const left: ItemEvent = {
      type: 'UnitsShipped',
      data: { ...base([{ total: -3, allocated: -3 }]), orderId: 'ORDER', allocationId: 'u', shipped: 3 },
    };
    expect(ownerless(item(stock(5), grant('ORDER', 1, [unit('u', 3)]), left), {})).toEqual([]);
  });
});

describe('an owner', () => {
  const living = order(requested(), decided([unit('u', 3)]), settled([unit('u', 3)]));
  const [claim] = claimsOf('ORDER', living);

  it('claims what it was promised, and says where it was granted', () => {
    expect(claimsOf('ORDER', living)).toEqual([
      { orderId: 'ORDER', attempt: 1, plan: 1, status: 'granted', sku: 'tea', units: [unit('u', 3)], grantedAt: 2 },
    ]);
  });

  it.each<[string, readonly AllocationEvent[]]>([
    ['whose plan is being carried out', [requested(), decided([unit('u', 3)])]],
    ['that waits', [requested(), waiting()]],
    ['that was withdrawn', [requested(), decided([unit('u', 3)]), settled([unit('u', 3)]), withdrawn()]],
  ])('%s claims nothing', (_, events) => expect(claimsOf('ORDER', order(...events))).toEqual([]));

  it.each<[string, ItemEvent | null, string | null]>([
    ['the grant itself', grant('ORDER', 1, [unit('u', 3)]), null],
    ['a grant that names its units for another attempt', grant('ORDER', 7, [unit('u', 3)]), null],
    [
      'a grant of fewer',
      grant('ORDER', 1, [unit('u', 2)]),
      'Attempt 1 of order ORDER is granted, but 3 of its units are not what the item granted',
    ],
    [
      'a grant of other units',
      grant('ORDER', 1, [unit('other', 3)]),
      'Attempt 1 of order ORDER is granted, but 3 of its units are not what the item granted',
    ],
    ['nothing', null, 'Attempt 1 of order ORDER is granted, but 3 of its units are never granted'],
  ])('is answered by %s', (_, event, says) => {
    if (!claim) throw new Error('there is no claim');
    if (event) expect(answersClaim(event, claim)).toBe(true);
    expect(unmetClaim(claim, event)?.says ?? null).toBe(says);
  });

  it('is answered by no grant of another order', () => {
    expect(claim && answersClaim(grant('ANOTHER', 1, [unit('v', 3)]), claim)).toBe(false);
  });

  it('from whom the item took its units, and who still claims them, is without its allocation', () => {
    expect(robbed([stock(5), grant('ORDER', 1, [unit('u', 3)]), closed('ORDER', 1)], { ORDER: living })).toEqual([
      'Attempt 1 of order ORDER is granted, but 3 of its units are taken from it at revision 3',
    ]);
  });

  it('who was withdrawn, or planned anew, has lost nothing', () => {
    const taken = [stock(5), grant('ORDER', 1, [unit('u', 3)]), closed('ORDER', 1)];
    expect(robbed(taken, { ORDER: order(requested(), decided([unit('u', 3)]), settled([unit('u', 3)]), withdrawn()) })).toEqual([]);
    const moved = order(
      requested(),
      decided([unit('u', 3)]),
      settled([unit('u', 3)]),
      decided([unit('v', 3)], 2),
      settled([unit('v', 3)], 2),
    );
    expect(robbed([stock(5), grant('ORDER', 1, [unit('u', 3)]), grant('ORDER', 1, [unit('v', 3)], { plan: 2 })], { ORDER: moved })).toEqual(
      [],
    );
  });

  it('whose hold another attempt took over is ended by it, but not after any time', () => {
    const hold = order(requested('hold'), decided([unit('u', 3)]), held([unit('u', 3)]));
    const swapped = [stock(5), grant('ORDER', 1, [unit('u', 3)], { kind: 'hold' }), grant('ORDER', 2, [unit('v', 3)], { swappedHold: 1 })];
    expect(robbed(swapped, { ORDER: hold }, plusMs(now, settlingMs))).toEqual([]);
    expect(robbed(swapped, { ORDER: hold }, plusMs(now, settlingMs + 1))).toHaveLength(1);
  });
});

describe('an item by itself', () => {
  it('that promised what was there is in order', () => expect(faults(stock(5), grant('A', 1, [unit('u', 5)]))).toEqual([]));

  it('that promised more than there was is not', () => {
    expect(faults(stock(5), grant('A', 1, [unit('u', 4)]), grant('B', 1, [unit('v', 3)]))).toEqual([
      ['overpromised', 'The grant at revision 3 promised 2 more than there was'],
    ]);
  });

  it('may promise more where stock is not looked at, or where the world took some away afterwards', () => {
    expect(faults(grant('A', 1, [{ ...unit('u', 4), unchecked: true }]))).toEqual([]);
    expect(faults(stock(5), grant('A', 1, [unit('u', 5)]), stock(-2))).toEqual([]);
  });

  it('has nothing below zero', () => {
    expect(
      faults({
        type: 'GoodsNoLongerExpected',
        data: { ...base([{ incoming: -4 }]), purchaseOrderId: 'po', lineId: '1', warehouseId: 'W' },
      }),
    ).toEqual([['quantity-below-zero', '-4 are incoming']]);
  });

  it('has allocated and held what its open promises add up to', () => {
    const unlike = grant('A', 1, [unit('u', 3)]);
    expect(
      faults(stock(5), { ...unlike, data: { ...unlike.data, changes: [{ warehouseId: 'W', at: now, allocated: 2 }] } } as ItemEvent),
    ).toEqual([['promises-unlike-quantities', '2 are allocated and 0 held, but open promises make 3 and 0']]);
  });
});

type Given = { plan?: number; kind?: 'allocate' | 'hold'; swappedHold?: number };

function base(changes: readonly Omit<StockChange, 'warehouseId' | 'at'>[]) {
  return { sku: 'Tea', decidedAt: now, changes: changes.map((by) => ({ warehouseId: 'W', at: now, ...by })) };
}
function unit(allocationId: string, quantity: number): PlannedUnits {
  return { allocationId, shipmentId: 's', lineId: '1', sku: 'tea', warehouseId: 'W', quantity };
}
function stock(by: number): ItemEvent {
  return { type: 'StockAdjusted', data: { ...base([{ total: by }]), reason: 'found', note: null, reference: null } };
}
function grant(
  orderId: string,
  attempt: number,
  granted: readonly PlannedUnits[],
  { plan = 1, kind = 'allocate', swappedHold }: Given = {},
) {
  const quantity = granted.reduce((sum, each) => sum + each.quantity, 0);
  const changes = base([kind === 'hold' ? { held: quantity } : { allocated: quantity }]);
  return {
    type: 'UnitsGranted',
    data: { ...changes, orderId, attempt, kind, plan, granted, swappedHold: swappedHold ?? null },
  } satisfies ItemEvent;
}
function closed(orderId: string, attempt: number): ItemEvent {
  return { type: 'GrantClosed', data: { ...base([{ allocated: -3 }]), orderId, attempt } };
}

function told<E>(events: readonly E[]): readonly Told<E>[] {
  return events.map((event, index) => ({ event, revision: index + 1, recordedAt: now }));
}
function item(...events: readonly ItemEvent[]) {
  const history = itemHistory();
  for (const each of told(events)) hearItemEvent(history, each);
  return history;
}
function faults(...events: readonly ItemEvent[]) {
  return faultsOfItem(item(...events)).map(({ kind, says }) => [kind, says]);
}

function of(plan = 1) {
  return { orderId: 'ORDER', attempt: 1, decidedAt: now, plan };
}
function requested(kind: 'allocate' | 'hold' = 'allocate'): AllocationEvent {
  return { type: 'AllocationRequested', data: { ...of(), wanted: { kind } as Wanted } };
}
function decided(units: readonly PlannedUnits[], plan = 1): AllocationEvent {
  return { type: 'AllocationDecided', data: { ...of(plan), units, record: null } };
}
function settled(units: readonly PlannedUnits[], plan = 1): AllocationEvent {
  return { type: 'AllocationGranted', data: { ...of(plan), units, missing: [], grantedAt: [{ sku: 'TEA', revision: 2 }] } };
}
function held(units: readonly PlannedUnits[]): AllocationEvent {
  return { type: 'AllocationHeld', data: { ...of(), units, missing: [], grantedAt: [{ sku: 'tea', revision: 2 }] } };
}
function waiting(): AllocationEvent {
  return { type: 'AllocationWaiting', data: { ...of(), missing: [], reasons: [] } };
}
function withdrawn(): AllocationEvent {
  return { type: 'AllocationWithdrawn', data: of() };
}
function ended(): AllocationEvent {
  return { type: 'AllocationEnded', data: of() };
}
function order(...events: readonly AllocationEvent[]) {
  return orderHistory(told(events));
}
function owners(orders: Readonly<Record<string, ReturnType<typeof order>>>, at: Instant): Owners {
  return { orders: new Map(Object.entries(orders)), now: at };
}
function ownerless(history: ReturnType<typeof item>, orders: Parameters<typeof owners>[0], at = now) {
  return grantsWithoutOwner(history.item, owners(orders, at)).map(({ kind, orderId, says }) => ({ kind, orderId, says }));
}
function robbed(events: readonly ItemEvent[], orders: Parameters<typeof owners>[0], at = now) {
  const history = itemHistory();
  const taken: readonly TakenUnits[] = told(events).flatMap((each) => hearItemEvent(history, each));
  return takenFromOwners(history.item.sku, taken, owners(orders, at)).map(({ says }) => says);
}
