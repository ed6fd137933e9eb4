import { stateFrom } from '@stockproof/decider';
import fc from 'fast-check';
import { quantitiesOf } from './line-quantities';
import { salesOrderDecider } from './sales-order.decider';
import type { SalesOrderEvent } from './sales-order.events';
import { openParts, type SalesOrder } from './sales-order.state';
import { statusOf } from './sales-order.status';
import { anySteps, told } from './testing/any-history';
import { ledgerOf, only, statusBy } from './testing/books';
import * as $ from './testing/messages';

describe('any history of a sales order', () => {
  it('has every unit that was ordered shipped, promised, open or given up; what left after its end may come on top', () =>
    always((order, history) => {
      const ledger = ledgerOf(history);
      for (const { lineId, quantity } of $.lines) {
        const { shipped, promised, closed } = ledger.of(lineId);
        const open = openParts(order).find((part) => part.lineId === lineId)?.quantity ?? 0;
        expect(open).toBe(Math.max(0, quantity - shipped - promised - closed));
        if (!ledger.afterEnd) expect(shipped + promised + closed + open).toBe(quantity);
      }
    }));

  it('has each unit that was ordered in one place: shipped, allocated, back-ordered, cancelled or open', () =>
    always((order, history) => {
      const ledger = ledgerOf(history);
      for (const line of $.lines) {
        const { ordered, shipped, allocated, backordered, cancelled, open } = quantitiesOf(order, line);
        expect([ordered, shipped + allocated + backordered + cancelled + open]).toEqual([line.quantity, line.quantity]);
        expect(shipped).toBe(Math.min(ordered, ledger.of(line.lineId).shipped));
        expect(Math.min(shipped, allocated, backordered, cancelled, open)).toBeGreaterThanOrEqual(0);
        if (!ledger.afterEnd) expect(allocated).toBe(ledger.of(line.lineId).promised);
      }
    }));

  it('tells the shop no more than has left, one thing at a time, each parcel once, and owes it nothing in the end', () =>
    always((order, history) => {
      const ledger = ledgerOf(history);
      const due = history.flatMap((event) => (event.type === 'ShopUpdateDue' ? [event.data] : []));
      const answered = new Set(history.flatMap((event) => (event.type === 'ShopTold' ? [event.data.telling] : [])));
      const refused = history.filter((event) => event.type === 'ShopRefused').length;
      expect(due.map(({ telling }) => telling)).toEqual(due.map((_, index) => index + 1));
      expect(due.length - answered.size - refused).toBe(order.telling.due === null ? 0 : 1);
      for (const { lineId, shipped } of due.flatMap(({ update }) => update.lines))
        expect(shipped).toBeLessThanOrEqual(ledger.of(lineId).shipped);
      const taken = due.filter(({ telling }) => answered.has(telling)).flatMap(({ update }) => update.packages);
      expect(new Set(taken.map(({ shipmentId, packageId }) => `${shipmentId}/${packageId}`)).size).toBe(taken.length);
      if (order.telling.due !== null || due.length === 0) return;
      const status = statusBy(history);
      const last = due.at(-1)?.update;
      if (!['fulfilling', 'partially-fulfilled', 'shipped', 'cancelled'].includes(status)) return;
      expect(last?.status).toBe(status);
      expect(last?.lines.map((line) => line.shipped)).toEqual(
        $.lines.map(({ lineId, quantity }) => Math.min(quantity, ledger.of(lineId).shipped)),
      );
      if (refused > 0) return;
      const parcels = history.flatMap((event) =>
        event.type === 'ShipmentUnitsLeft' ? event.data.packages.map((each) => `${event.data.shipmentId}/${each.packageId}`) : [],
      );
      expect(taken.map(({ shipmentId, packageId }) => `${shipmentId}/${packageId}`).sort()).toEqual([...new Set(parcels)].sort());
    }));

  it('has the status that follows from its shipments', () => always((order, history) => expect(statusOf(order)).toBe(statusBy(history))));

  it('does not hear answers to what it has taken back', () =>
    always((order, history) => {
      for (const event of history) {
        if (event.type !== 'AllocationTakenBack') continue;
        for (const answer of [
          $.recordAllocated(event.data.attempt, [$.tea]),
          $.recordNotAllocated(event.data.attempt),
          $.recordHeld(event.data.attempt),
        ])
          expect(salesOrderDecider.decide(answer, order)).toEqual({ outcome: 'accepted', events: [] });
      }
    }));

  it('asks for one thing at a time, each attempt once', () =>
    always((_, history) => {
      const of = (type: SalesOrderEvent['type']) =>
        history.flatMap((event) => (event.type === type && 'attempt' in event.data ? [event.data.attempt] : []));
      const [asked, takenBack] = [
        [...of('AllocationAsked'), ...of('ShipmentMoveAsked')].sort((one, other) => one - other),
        of('AllocationTakenBack'),
      ];
      expect(asked).toEqual([...new Set(asked)]);
      // A number that was never asked belongs to an answer that was given back.
      for (let attempt = 1; attempt < (asked.at(-1) ?? 0); attempt += 1) expect([...asked, ...takenBack]).toContain(attempt);
    }));

  it('moves a shipment by one that takes its place in the same append, and has no move whose shipment has gone another way', () =>
    always((order, history) => {
      history.forEach((event, index) => {
        if (event.type !== 'ShipmentCancelled' || event.data.moved === undefined) return;
        const next = history[index + 1];
        expect(next?.type === 'ShipmentCreated' ? [next.data.shipmentId, next.data.replaces] : next).toEqual([
          event.data.moved.toShipmentId,
          event.data.shipmentId,
        ]);
      });
      for (const { status, units, move } of order.shipments.values()) {
        if (move === null) continue;
        expect(units.some((unit) => unit.shipped > 0)).toBe(false);
        expect(move.units === null ? ['ready-to-send', 'sent-to-warehouse'] : ['cancel-requested']).toContain(status);
      }
      const ends =
        only(history, 'AllocationTakenBack').filter(({ data }) => data.moves).length +
        only(history, 'ShipmentCreated').filter(({ data }) => data.replaces).length;
      const moving = [...order.shipments.values()].filter(({ move }) => move !== null).length;
      expect(only(history, 'ShipmentMoveAsked').length).toBe(ends + moving);
    }));

  it('is not changed by deciding', () =>
    always(
      (order, history) => expect(order).toEqual(stateFrom(salesOrderDecider, structuredClone(history) as readonly SalesOrderEvent[])),
      30,
    ));
});

describe('updates of a shipment', () => {
  it('end in the same state, doubled and in any order', () => {
    fc.assert(
      fc.property(fc.array(anyUpdate, { minLength: 1, maxLength: 5 }), fc.nat(), (updates, seed) => {
        const said = updates.map(({ teas, parcel }, index) =>
          $.update(`u${index}`, [['1', 'tea', teas]], {
            packages: [{ packageId: `p${parcel}`, tracking: `t${parcel}`, carrier: null, service: null, weightG: null }],
          }),
        );
        const doubled = [...said, ...said]
          .map((update, index) => ({ update, place: ((index + 1) * (seed + 13)) % 17 }))
          .sort((a, b) => a.place - b.place);
        const [inOrder, shuffled] = [said, doubled.map(({ update }) => update)].map((each) =>
          endOf(each.reduce(heard, stateFrom(salesOrderDecider, sent))),
        );
        expect(shuffled).toEqual(inOrder);
      }),
    );
  });
});

const sent = [$.approvedFromStart, $.asked(1), $.shipmentOf(1, $.tea), $.accepted($.tea)];
const anyUpdate = fc.record({ teas: fc.nat(3), parcel: fc.nat(2) });
const heard = (order: SalesOrder, command: Parameters<typeof salesOrderDecider.decide>[0]): SalesOrder => {
  const decision = salesOrderDecider.decide(command, order);
  return decision.outcome === 'accepted' ? decision.events.reduce(salesOrderDecider.evolve, order) : order;
};
const endOf = (order: SalesOrder) => {
  const shipment = order.shipments.get(`s-${$.A}`);
  return {
    status: statusOf(order),
    shipment: shipment?.status,
    shipped: shipment?.units.map((unit) => unit.shipped),
    packages: [...(shipment?.packages.keys() ?? [])].sort(),
  };
};

const always = (check: (order: SalesOrder, history: readonly SalesOrderEvent[]) => void, numRuns = 150): void =>
  fc.assert(
    fc.property(anySteps, (steps) => void told(steps, check)),
    { numRuns },
  );
