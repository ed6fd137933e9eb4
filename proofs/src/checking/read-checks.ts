import { skuKey } from '@stockproof/vocabulary';
import type { Operation } from '../clients/record';
import { notesOn, type Evidence, type Level, type Verdict } from './evidence';
import { orderAfter, statusOf, type OrderState } from './order-fold';
import { countUntil, sameAmounts, sumOfAmounts, type ItemLine, type Streams } from './timelines';

type Quantities = {
  readonly quantity: number;
  readonly shipped: number;
  readonly allocated: number;
  readonly backordered: number;
  readonly cancelled: number;
  readonly open: number;
};
type ReadOrder = {
  readonly orderId: string;
  readonly status: string;
  readonly backordered: boolean;
  readonly revision: number;
  readonly lines: readonly Quantities[];
  readonly shipments: readonly { readonly shipmentId: string; readonly status: string; readonly units: readonly ReadUnit[] }[];
};
type ReadUnit = { readonly allocationId: string; readonly quantity: number; readonly shipped: number; readonly released: boolean };
type ReadLevel = Omit<Level, 'skuKey'> & { readonly sku: string; readonly position: string };

/** What clients read was so, at the revision or the position that the answer named. */
export const readChecks = (evidence: Evidence, streams: Streams): readonly Verdict[] => {
  const orders = notesOn('an order was as it was read: status, shipments and units at that revision');
  const lines = notesOn('of every line that was read: ordered = shipped + allocated + back-ordered + cancelled + open');
  const levels = notesOn('a level was as it was read: the fold at that position, a virtual one the sum of its members');
  for (const operation of evidence.operations) {
    for (const order of ordersRead(operation)) {
      const told = `${operation.key}: ${order.orderId} at revision ${order.revision}`;
      orders.look(under(told, unlike(order, streams)));
      for (const line of order.lines) lines.look(addsUp(line) ? null : `${told}: ${JSON.stringify(line)}`);
    }
    for (const level of levelsRead(operation))
      levels.look(under(`${operation.key}: ${level.sku} ${level.kind} at ${level.position}`, unlikeLevel(level, evidence, streams)));
  }
  return [orders, lines, levels].map((notes) => notes.verdict());
};

const under = (told: string, fault: string | null): string | null => (fault === null ? null : `${told}: ${fault}`);

const answersOf = ({ attempts }: Operation) => attempts.flatMap(({ outcome, answer }) => (outcome === 'ok' && answer ? [answer.body] : []));

const ordersRead = (operation: Operation): readonly ReadOrder[] =>
  operation.asked.what === 'read-order' ? (answersOf(operation) as unknown as readonly ReadOrder[]) : [];

const levelsRead = (operation: Operation): readonly ReadLevel[] =>
  operation.asked.what === 'read-levels' ? answersOf(operation).flatMap(({ items }) => items as readonly ReadLevel[]) : [];

const addsUp = ({ quantity, shipped, allocated, backordered, cancelled, open }: Quantities): boolean =>
  quantity === shipped + allocated + backordered + cancelled + open &&
  [shipped, allocated, backordered, cancelled, open].every((each) => each >= 0);

const unlike = (read: ReadOrder, { orders }: Streams): string | null => {
  const events = orders.get(read.orderId) ?? [];
  if (events.length < read.revision) return `its stream has only ${events.length}`;
  const order = orderAfter(events, read.revision);
  if (statusOf(order) !== read.status) return `read as ${read.status}, it was ${statusOf(order)}`;
  if (order.backordered !== read.backordered) return `read as ${read.backordered ? '' : 'not '}back-ordered`;
  const [was, seen] = [shipmentsOf(order), shipmentsRead(read)];
  return was === seen ? null : `shipments were read as ${seen}, they were ${was}`;
};

const unitText = ({ allocationId, quantity, shipped, released }: ReadUnit): string =>
  `${allocationId} ${shipped}/${quantity}${released ? ' freed' : ''}`;
const shipmentText = ({ shipmentId, status, units }: ReadOrder['shipments'][number]): string =>
  `${shipmentId} ${status} ${units.map(unitText).sort().join()}`;
const shipmentsOf = ({ shipments }: OrderState): string => [...shipments.values()].map(shipmentText).sort().join('; ');
const shipmentsRead = ({ shipments }: ReadOrder): string => shipments.map(shipmentText).sort().join('; ');

const unlikeLevel = (level: ReadLevel, { members }: Evidence, { items }: Streams): string | null => {
  const item = items.get(skuKey(level.sku));
  if (!item) return 'there is no such item';
  const index = countUntil(item.events, Number(level.position)) - 1;
  const was = figuresOf(item, index, level, members);
  return sameAmounts(was, level) ? null : `read as ${JSON.stringify(level)}, it was ${JSON.stringify(was)}`;
};

const figuresOf = (item: ItemLine, index: number, { kind, warehouseId }: ReadLevel, members: readonly string[]) =>
  kind === 'physical' ? item.after(index, warehouseId) : sumOfAmounts(members.map((member) => item.after(index, member)));
