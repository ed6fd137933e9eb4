import type { Invariant } from './invariants';
import { entriesOf } from './journal';
import type { SaidIncoming } from './said';
import { named, tally } from './tally';

/** What is seen instead; `null` where it is as it must be. */
const notSo = (
  seen: SaidIncoming | undefined,
  orders: number,
  { state, code }: { readonly state: string; readonly code: string },
): string | null => {
  if (seen === undefined) return 'not received';
  if (orders === 0 && seen.state === state && seen.codes.includes(code)) return null;
  return `${orders} orders, ${seen.state} (${seen.codes.join(', ')}) instead of ${state} (${code})`;
};

const nothingLost: Invariant = {
  name: 'every order of the files is an order, or waits, or is recorded, for its very reason, and once',
  faults: (said, { orders }) => {
    const taken = tally();
    for (const { shop, number } of said.orders) taken.add(named(shop, number), 1);
    const known = new Set(orders.map(({ shop, number }) => named(shop, number)));
    const incoming = new Map(said.incoming.map((each) => [named(each.shop, each.number), each]));
    const wrong = orders.flatMap(({ shop, number, becomes }) => {
      const times = taken.of(named(shop, number));
      if (becomes === 'order') return times === 1 ? [] : [`${number} of ${shop} is there ${times} times`];
      const fault = notSo(incoming.get(named(shop, number)), times, becomes);
      return fault === null ? [] : [`${number} of ${shop}: ${fault}`];
    });
    return [
      ...wrong,
      ...taken
        .names()
        .filter((name) => !known.has(name))
        .map((name) => `${name} stands in no file`),
    ];
  },
};

const oldestFirst: Invariant = {
  name: 'of what was scarce the oldest orders went first',
  faults: (said, { scarce, orders }) => {
    const placed = new Map(orders.map(({ shop, number, placedAt }) => [named(shop, number), placedAt]));
    return scarce.flatMap((sku) => {
      const wanting = said.orders
        .flatMap((order) =>
          order.lines.filter((line) => line.sku === sku).map((line) => ({ order, served: line.shipped + line.allocated > 0 })),
        )
        .map(({ order, served }) => ({ number: order.number, served, placedAt: placed.get(named(order.shop, order.number)) ?? '' }))
        .toSorted((one, other) => (one.placedAt < other.placedAt ? -1 : 1));
      const firstWaiting = wanting.findIndex(({ served }) => !served);
      return firstWaiting === -1
        ? []
        : wanting
            .slice(firstWaiting)
            .filter(({ served }) => served)
            .map(({ number }) => `${number} got ${sku} before ${wanting[firstWaiting]?.number}`);
    });
  },
};

const received: Invariant = {
  name: 'received on each purchase order = what arrived in the journal, announced once',
  faults: (said, { purchaseOrders, journal }) => {
    const arrived = tally();
    for (const { purchaseOrderNumber, lines } of entriesOf(journal, 'goods-received'))
      for (const { sku, quantity } of lines) arrived.add(named(purchaseOrderNumber ?? '', sku), quantity);
    return purchaseOrders.flatMap(({ number, lines }) => {
      const announced = journal.filter(
        (entry) => entry.kind === 'purchase-order-taken' && (entry as { purchaseOrderNumber?: string }).purchaseOrderNumber === number,
      );
      const told = said.purchaseOrders.find((each) => each.number === number);
      return [
        ...(announced.length === 1 ? [] : [`${number} was announced ${announced.length} times`]),
        ...lines.flatMap(({ sku }) => {
          const booked = told?.lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.received, 0) ?? 0;
          return booked === arrived.of(named(number, sku))
            ? []
            : [`${number} ${sku}: ${booked} instead of ${arrived.of(named(number, sku))}`];
        }),
      ];
    });
  },
};

export const flowInvariants: readonly Invariant[] = [nothingLost, oldestFirst, received];
