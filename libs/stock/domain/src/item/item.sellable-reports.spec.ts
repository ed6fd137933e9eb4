import { plusMs } from '@stockproof/vocabulary';
import fc from 'fast-check';
import type { ItemCommand } from './item.commands';
import { itemDecider } from './item.decider';
import type { ItemEvent } from './item.events';
import type { Item } from './item.state';

describe('a warehouse that reports what it can still sell', () => {
  it('does not know what was set aside since', () => expect(totalAfter(found(10), aside(2, 5), report(10, 4))).toBe(10));
  it('left out what was set aside before, heard of late', () => expect(totalAfter(found(10), report(8, 4), aside(2, 3))).toBe(10));
  it('counted again what was put back on sale before, heard of late', () =>
    expect(totalAfter(found(10), aside(2, 1), report(10, 4), aside(-2, 3))).toBe(10));
  it('left out what it had taken on, heard of late', () =>
    expect(totalAfter(found(10), grant('o', 4), report(6, 4), take('o', 3))).toBe(10));
  it('counted again what it had agreed to cancel, heard of late', () =>
    expect(totalAfter(found(10), grant('o', 4), take('o', 3), report(10, 6), release('o', 5))).toBe(10));
  it('left out what it had taken on by then and shipped since, in whatever order both are heard of', () => {
    expect(totalAfter(found(10), grant('o', 4), report(6, 4), ship('o', 4, 5), take('o', 3))).toBe(6);
    expect(totalAfter(found(10), grant('o', 4), report(6, 4), take('o', 3), ship('o', 4, 5))).toBe(6);
    expect(totalAfter(found(10), grant('o', 4), report(6, 4), ship('o', 3, 5), take('o', 3), ship('o', 4, 6))).toBe(6);
  });
  it('had taken on what was withdrawn since, heard of after', () =>
    expect(totalAfter(found(10), grant('o', 4), report(6, 4), close('o'), take('o', 3))).toBe(10));
  it('did not leave out what it shipped before it said to have taken it on', () =>
    expect(totalAfter(found(10), grant('o', 4), take('o', 6), report(6, 5), ship('o', 4, 4))).toBe(6));
  it('took on what turns out to have left earlier than was thought, also where that is heard after its end, before the acceptance', () => {
    const parts = [found(10), grant('o', 5), ship('o', 2, 12), release('o', 14), report(2, 9), ship('o', 5, 5)];
    expect(totalAfter(...parts, take('o', 8))).toBe(5);
    const nothingMore = [found(10), grant('o', 5), release('o', 10), ship('o', 2, 12), ship('o', 2, 5), report(8, 11)];
    expect(totalAfter(...nothingMore, take('o', 8))).toBe(8);
  });
  it('may next say what is on hand', () => {
    const both = [found(10), grant('o', 4), report(6, 4), report(10, 5, 'on-hand')];
    expect(totalAfter(...both, take('o', 3))).toBe(10);
    expect(totalAfter(...both, take('o', 3), ship('o', 4, 6))).toBe(6);
  });
  it('is told of an acceptance once, also of what has ended', () => {
    const { item, tell } = told(found(10), grant('o', 4), report(6, 4), ship('o', 4, 5), take('o', 3));
    expect(tell(take('o', 3))).toEqual([]);
    expect(item.warehouses.get(A)?.quantities).toMatchObject({ total: 6, allocated: 0, accepted: 0 });
  });

  it('is told of an acceptance sooner or later, and the same comes out at every moment, whatever is said of what left', () =>
    fc.assert(
      fc.property(
        fc.array(anyWord, { maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        anyMinute,
        fc.nat(8),
        (words, quantity, taken, place) => {
          const lines = [0, Math.min(place, words.length)].map((at) => {
            const { history, tell } = told(found(20), grant('o', quantity));
            // A report that changes nothing is kept elsewhere, and recalled where a word needs it.
            for (const word of [...words.slice(0, at), take('o', taken), ...words.slice(at)])
              fc.pre(tell(word).length > 0 || word.type !== 'ReportStockLevel');
            return Array.from({ length: 41 }, (_, minutes) => [minutes, ...asOf(history, minutes)]);
          });
          expect(lines[1]).toEqual(lines[0]);
        },
      ),
      { numRuns: 400 },
    ));

  it('comes out as it was, at every moment, once all is told, in whatever order', () =>
    fc.assert(
      fc.property(anyDay, ({ orders, asides, reports, order }) => {
        const { history, tell } = told(found(100));
        orders.forEach(({ quantity }, index) => tell(grant(`o${index}`, quantity)));
        const words = [
          ...orders.flatMap(({ quantity, taken, after, ships }, index) => [
            take(`o${index}`, taken),
            ships ? ship(`o${index}`, quantity, taken + after) : release(`o${index}`, taken + after),
          ]),
          ...asides.map(({ quantity, at }) => aside(quantity, at)),
          ...reports.map((at) => report(sellableAt(orders, asides, at), at)),
        ];
        for (const { word } of words.map((each, index) => ({ word: each, place: order[index] ?? 0 })).sort((a, b) => a.place - b.place))
          tell(word);
        for (let at = 0; at <= 40; at++) expect([at, asOf(history, at)[0]]).toEqual([at, onHandAt(orders, at)]);
      }),
      { numRuns: 500 },
    ));
});

const A = 'A';
const sku = 'TEA-100';
const now = '2026-01-10T12:00:00.000Z';
const minute = (at: number): string => plusMs('2026-01-10T06:00:00.000Z', at * 60_000);
const about = { sku, now, warehouseId: A };

function found(by: number): ItemCommand {
  return { type: 'AdjustStock', data: { ...about, by, reason: 'found', note: null, reference: null, at: minute(0) } };
}
function aside(by: number, at: number): ItemCommand {
  return { type: 'SetAsideStock', data: { ...about, by, reason: 'damaged', reference: null, at: minute(at) } };
}
function report(reported: number, at: number, meaning: 'on-hand' | 'available' = 'available'): ItemCommand {
  return { type: 'ReportStockLevel', data: { ...about, reportId: `r${at}`, source: 'warehouse', takenAt: minute(at), meaning, reported } };
}
function grant(orderId: string, quantity: number): ItemCommand {
  const granted = [{ allocationId: orderId, shipmentId: orderId, lineId: '1', warehouseId: A, quantity }];
  return {
    type: 'GrantUnits',
    data: { sku, now, orderId, attempt: 1, kind: 'allocate', plan: 1, granted, swapHold: null, seenOpenAt: now },
  };
}
function close(orderId: string): ItemCommand {
  return { type: 'CloseGrant', data: { sku, now, orderId, attempt: 1 } };
}
function take(orderId: string, at: number): ItemCommand {
  return { type: 'AcceptUnits', data: { sku, now, orderId, allocationIds: [orderId], at: minute(at) } };
}
function ship(orderId: string, shipped: number, at: number): ItemCommand {
  return { type: 'ShipUnits', data: { ...about, orderId, allocationId: orderId, shipped, at: minute(at) } };
}
function release(orderId: string, at: number): ItemCommand {
  return { type: 'ReleaseUnits', data: { sku, now, orderId, allocationId: orderId, reason: 'shipment-cancelled', at: minute(at) } };
}

type Told = { readonly item: Item; readonly history: ItemEvent[]; readonly tell: (command: ItemCommand) => readonly ItemEvent[] };

function told(...commands: readonly ItemCommand[]): Told {
  const item = itemDecider.initialState();
  const history: ItemEvent[] = [];
  const tell = (command: ItemCommand): readonly ItemEvent[] => {
    const decision = itemDecider.decide(command, item);
    if (decision.outcome === 'rejected' && decision.rejection.type !== 'ReportOutdated') throw new Error(decision.rejection.type);
    const events = decision.outcome === 'accepted' ? decision.events : [];
    for (const event of events) itemDecider.evolve(item, event);
    history.push(...events);
    return events;
  };
  commands.forEach(tell);
  return { item, history, tell };
}

function totalAfter(...commands: readonly ItemCommand[]): number | undefined {
  return told(...commands).item.warehouses.get(A)?.quantities.total;
}

type Order = { readonly quantity: number; readonly taken: number; readonly after: number; readonly ships: boolean };
type Aside = { readonly quantity: number; readonly at: number };

const anyMinute = fc.integer({ min: 1, max: 30 });
const anyOrder: fc.Arbitrary<Order> = fc.record({
  quantity: fc.integer({ min: 1, max: 9 }),
  taken: anyMinute,
  after: fc.nat(8),
  ships: fc.boolean(),
});
const anyDay = fc.record({
  orders: fc.array(anyOrder, { minLength: 1, maxLength: 5 }),
  asides: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 4 }), at: anyMinute }), { maxLength: 3 }),
  reports: fc.array(anyMinute, { maxLength: 5 }),
  order: fc.array(fc.nat(1_000), { minLength: 20, maxLength: 20 }),
});

const anyWord: fc.Arbitrary<ItemCommand> = fc
  .record({ kind: fc.constantFrom('ships', 'ships', 'ships', 'releases', 'reports'), quantity: fc.nat(8), at: anyMinute })
  .map(({ kind, quantity, at }) =>
    kind === 'ships' ? ship('o', quantity, at) : kind === 'releases' ? release('o', at) : report(quantity, at),
  );

function sumOver<T>(each: readonly T[], of: (one: T) => number): number {
  return each.reduce((sum, one) => sum + of(one), 0);
}
function onHandAt(orders: readonly Order[], at: number): number {
  return 100 - sumOver(orders, ({ ships, taken, after, quantity }) => (ships && taken + after <= at ? quantity : 0));
}
function sellableAt(orders: readonly Order[], asides: readonly Aside[], at: number): number {
  const takenOn = sumOver(orders, ({ taken, after, quantity }) => (taken <= at && at < taken + after ? quantity : 0));
  return onHandAt(orders, at) - takenOn - sumOver(asides, (each) => (each.at <= at ? each.quantity : 0));
}
function asOf(history: readonly ItemEvent[], at: number): readonly [total: number, accepted: number] {
  const until = history.flatMap(({ data }) => data.changes).filter((change) => change.at <= minute(at));
  return [sumOver(until, ({ total = 0 }) => total), sumOver(until, ({ accepted = 0 }) => accepted)];
}
