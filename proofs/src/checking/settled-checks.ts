import { notesOn, type Verdict } from './evidence';
import { amountsAt, openUnits } from './item-fold';
import { openOfPart, orderAfter, partsOf, type OrderState } from './order-fold';
import type { ItemLine, Streams } from './timelines';
import { waitingIn, type Waiting } from './waiting';

/** What must hold once nothing is under way any more. */
export const ownerChecks = (streams: Streams, orders: ReadonlyMap<string, OrderState>): readonly Verdict[] => {
  const ownerless = notesOn('no allocation without a living owner');
  const missing = notesOn('no owner without its allocation');
  const sums = notesOn('allocated and held are the sums of the open promises');
  const promised = promisesOf(streams);
  const owned = ownedBy(orders);
  for (const [id, text] of promised)
    ownerless.look(owned.get(id) === text ? null : `${id}: ${text}, its owner has ${owned.get(id) ?? 'nothing'}`);
  for (const [id, text] of owned)
    missing.look(promised.get(id) === text ? null : `${id}: ${text}, its item has ${promised.get(id) ?? 'nothing'}`);
  for (const item of streams.items.values()) for (const warehouseId of item.end.at.keys()) sums.look(unlikePromises(item, warehouseId));
  return [ownerless, missing, sums].map((notes) => notes.verdict());
};

const unlikePromises = ({ skuKey, end }: ItemLine, warehouseId: string): string | null => {
  const { allocated, held } = amountsAt(end, warehouseId);
  const here = [...end.promises.values()].filter((each) => each.warehouseId === warehouseId);
  const ofKind = (kind: string): number => here.reduce((sum, each) => sum + (each.kind === kind ? openUnits(each) : 0), 0);
  if (ofKind('allocate') === allocated && ofKind('hold') === held) return null;
  return `${skuKey} in ${warehouseId}: allocated ${allocated}, held ${held}, promised ${ofKind('allocate')} and ${ofKind('hold')}`;
};

const promiseText = (kind: string, orderId: string, warehouseId: string, open: number): string =>
  `${kind} ${open} in ${warehouseId} for ${orderId}`;

const promisesOf = ({ items }: Streams): ReadonlyMap<string, string> =>
  new Map(
    [...items.values()].flatMap(({ end }) =>
      [...end.promises].map(([id, each]) => [id, promiseText(each.kind, each.orderId, each.warehouseId, openUnits(each))] as const),
    ),
  );

const over = new Set(['shipped', 'cancelled']);

/** What each order believes to have: open units of open shipments, and what stock keeps while it is on hold. */
const ownedBy = (orders: ReadonlyMap<string, OrderState>): ReadonlyMap<string, string> => {
  const owned = new Map<string, string>();
  for (const [orderId, { stage, shipments, hold }] of orders) {
    const open = [...shipments.values()].filter(({ status }) => !over.has(status)).flatMap(({ units }) => units);
    for (const { allocationId, warehouseId, quantity, shipped } of open.filter((unit) => !unit.released && unit.shipped < unit.quantity))
      owned.set(allocationId, promiseText('allocate', orderId, warehouseId, quantity - shipped));
    for (const { allocationId, warehouseId, quantity } of stage === 'on-hold' && hold ? hold.units : [])
      owned.set(allocationId, promiseText('hold', orderId, warehouseId, quantity));
  }
  return owned;
};

export const ordersOf = ({ orders }: Streams): ReadonlyMap<string, OrderState> =>
  new Map([...orders].map(([orderId, events]) => [orderId, orderAfter(events)]));

/** Stock and sales tell the same story of every line, each from its own streams. */
export const lineChecks = (streams: Streams, orders: ReadonlyMap<string, OrderState>): readonly Verdict[] => {
  const equation = notesOn('ordered = shipped + allocated + back-ordered + cancelled + open, from the streams of both sides');
  const answered = notesOn('every order that asks stock is answered, and stock waits for exactly those that are back-ordered');
  const stock = stockSideOf(streams);
  for (const [orderId, order] of orders) {
    const waiting = waitingIn(streams.allocations.get(orderId) ?? []);
    const told = `${order.number} (${orderId})`;
    const unanswered = unansweredIn(order, waiting);
    answered.look(unanswered === null ? null : `${told}: ${unanswered}`);
    for (const [line, part] of order.lines.flatMap((each) => partsOf(each).map((of) => [each, of] as const))) {
      const waits = waiting?.wanted.lines.find(({ lineId }) => lineId === part.partId)?.quantity ?? 0;
      const ofStock = { ...zero, ...stock.get(`${orderId} ${part.partId}`), waits };
      const ofSales = { rest: openOfPart(order, line, part), ordered: line.quantity * part.per, shipped: shippedOf(order, part.partId) };
      const wrong = unbalanced(order, ofStock, ofSales);
      equation.look(wrong === null ? null : `${told} line ${part.partId}: ${wrong}`);
    }
  }
  return [equation, answered].map((notes) => notes.verdict());
};

type Sides = { left: number; allocated: number; held: number };
const zero: Sides = { left: 0, allocated: 0, held: 0 };

/** Units that left, are allocated and are held, of each part of each order, by the items alone. */
const stockSideOf = ({ items }: Streams): ReadonlyMap<string, Sides> => {
  const sides = new Map<string, Sides>();
  const at = (key: string): Sides => {
    const known = sides.get(key) ?? { ...zero };
    sides.set(key, known);
    return known;
  };
  for (const { end } of items.values()) {
    for (const { owner, left } of end.made.values()) at(owner).left += left;
    for (const each of end.promises.values())
      at(`${each.orderId} ${each.lineId}`)[each.kind === 'hold' ? 'held' : 'allocated'] += openUnits(each);
  }
  return sides;
};

/** Units of a part that left, by the order's own shipments. */
const shippedOf = ({ shipments }: OrderState, partId: string): number =>
  [...shipments.values()].flatMap(({ units }) => units).reduce((sum, unit) => sum + (unit.lineId === partId ? unit.shipped : 0), 0);

/** `rest`: what sales still wants of the part beyond its shipments. */
const unbalanced = (
  order: OrderState,
  { left, allocated, held, waits }: Sides & { readonly waits: number },
  { rest, ordered, shipped }: { readonly rest: number; readonly ordered: number; readonly shipped: number },
): string | null => {
  const said = `ordered ${ordered}, left ${left}, allocated ${allocated}, held ${held}, waiting ${waits}, open ${rest}`;
  const closed = ordered - left - allocated - rest;
  if (left !== shipped) return `${said}, and its shipments say that ${shipped} left`;
  if (closed < 0 || (closed > 0 && order.closed.size === 0)) return `${said}, and ${closed} were closed`;
  return promisedRightly(order, { allocated, held, waits }, rest) ? null : `${said}, and it is ${order.stage}`;
};

/** What is not shipped is held while it is on hold, else waited for as a whole, else nobody cares for it. */
const promisedRightly = (
  { stage, hold }: OrderState,
  { allocated, held, waits }: { readonly allocated: number; readonly held: number; readonly waits: number },
  rest: number,
): boolean => {
  if (stage === 'cancelled') return allocated + held + waits === 0;
  if (hold !== null) return held <= rest;
  return held === 0 && (waits === 0 || waits === rest);
};

const unansweredIn = ({ asked, backordered, hold }: OrderState, waiting: Waiting | null): string | null => {
  if (asked !== null && !backordered) return `asked in attempt ${asked.attempt} and never answered`;
  if (asked !== null && waiting?.attempt !== asked.attempt)
    return `back-ordered in attempt ${asked.attempt}, and stock does not wait for it`;
  return asked === null && waiting !== null && hold === null ? `stock waits in attempt ${waiting.attempt}, and nobody asked` : null;
};
