import { leftOfLine, trueDepartures, trueOnHand } from './figures';
import { entriesOf } from './journal';
import type { Quantities, Said, SaidLevel } from './said';
import { named, tally } from './tally';
import type { Truth } from './truth';

/** What must hold, and everything that breaks it. It is computed from files and journal; the product's word is what is judged. */
export type Invariant = { readonly name: string; readonly faults: (said: Said, truth: Truth) => readonly string[] };

const physical = ({ levels }: Said): readonly SaidLevel[] => levels.filter(({ kind }) => kind === 'physical');

const onHand: Invariant = {
  name: 'units on hand = imported − shipped in the journal + received, per SKU and warehouse',
  faults: (said, truth) => {
    const expected = trueOnHand(truth);
    const told = new Map(physical(said).map((level) => [named(level.sku, level.warehouse), level.total]));
    return [...new Set([...expected.names(), ...told.keys()])].flatMap((name) =>
      (told.get(name) ?? 0) === expected.of(name) ? [] : [`${name}: ${told.get(name) ?? 0} instead of ${expected.of(name)}`],
    );
  },
};

const promises: Invariant = {
  name: '0 ≤ allocated, 0 ≤ held, allocated + held ≤ total − unsellable',
  faults: (said, truth) => {
    const expected = trueOnHand(truth);
    return physical(said).flatMap(({ sku, warehouse, allocated, held, unsellable }) => {
      const total = expected.of(named(sku, warehouse));
      const fits = allocated >= 0 && held >= 0 && unsellable >= 0 && allocated + held <= total - unsellable;
      return fits ? [] : [`${sku} in ${warehouse}: ${allocated} allocated and ${held} held of ${total} − ${unsellable}`];
    });
  },
};

const linesAddUp: Invariant = {
  name: 'ordered = shipped + allocated + back-ordered + cancelled + open, per line',
  faults: (said, { orders }) => {
    const ordered = new Map(
      orders.flatMap(({ shop, number, lines }) => lines.map((line) => [named(shop, number, line.sku), line.quantity])),
    );
    return said.orders.flatMap(({ shop, number, lines }) =>
      lines.flatMap(({ sku, shipped, allocated, backordered, cancelled, open }) => {
        const parts = [shipped, allocated, backordered, cancelled, open];
        const sum = parts.reduce((all, part) => all + part, 0);
        const wanted = ordered.get(named(shop, number, sku));
        return sum === wanted && parts.every((part) => part >= 0) ? [] : [`${number} ${sku}: ${parts.join(' + ')} instead of ${wanted}`];
      }),
    );
  },
};

const linesShipped: Invariant = {
  name: 'shipped of each line = what left in the journal',
  faults: (said, truth) => {
    const left = trueDepartures(truth);
    return said.orders.flatMap((order) =>
      order.lines.flatMap(({ sku, shipped }) => {
        const expected = leftOfLine(truth, left, order, sku);
        return shipped === expected ? [] : [`${order.number} ${sku}: ${shipped} instead of ${expected}`];
      }),
    );
  },
};

const quantities: readonly (keyof Quantities)[] = ['total', 'unsellable', 'allocated', 'held', 'incoming', 'available'];

const virtualSums: Invariant = {
  name: 'each figure of the virtual warehouse = the sum of its members',
  faults: (said, { virtual }) => {
    const sums = tally();
    for (const level of physical(said).filter(({ warehouse }) => virtual.members.includes(warehouse)))
      for (const quantity of quantities) sums.add(named(level.sku, quantity), level[quantity]);
    const told = tally();
    for (const level of said.levels.filter(({ warehouse }) => warehouse === virtual.code))
      for (const quantity of quantities) told.add(named(level.sku, quantity), level[quantity]);
    return [...new Set([...sums.names(), ...told.names()])].flatMap((name) =>
      told.of(name) === sums.of(name) ? [] : [`${name}: ${told.of(name)} instead of ${sums.of(name)}`],
    );
  },
};

const oneEntryPerShipment: Invariant = {
  name: 'one journal entry per shipment that was taken, and no other',
  faults: (said, { journal }) => {
    const taken = tally();
    for (const { shipmentId } of entriesOf(journal, 'shipment-taken')) taken.add(shipmentId, 1);
    const told = said.orders.flatMap(({ shipments }) =>
      shipments.filter(({ status }) => status !== 'ready-to-send').map(({ shipmentId }) => shipmentId),
    );
    const missing = told.filter((shipmentId) => taken.of(shipmentId) === 0 && !cancelledUnsent(said, shipmentId));
    return [
      ...missing.map((shipmentId) => `${shipmentId} never reached a warehouse`),
      ...taken
        .names()
        .filter((shipmentId) => taken.of(shipmentId) > 1)
        .map((shipmentId) => `${shipmentId} was taken ${taken.of(shipmentId)} times`),
      ...taken
        .names()
        .filter((shipmentId) => !told.includes(shipmentId))
        .map((shipmentId) => `${shipmentId} is at a warehouse and not told of`),
    ];
  },
};

/** What was cancelled before it was sent was nowhere. */
const cancelledUnsent = (said: Said, shipmentId: string): boolean =>
  said.orders.some(({ shipments }) =>
    shipments.some((each) => each.shipmentId === shipmentId && each.status === 'cancelled' && each.failed),
  );

export const stockInvariants: readonly Invariant[] = [onHand, promises, virtualSums];
export const orderInvariants: readonly Invariant[] = [linesAddUp, linesShipped, oneEntryPerShipment];
