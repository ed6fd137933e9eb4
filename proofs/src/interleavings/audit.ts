import { commandHandling } from '@stockproof/command-handling';
import type { Allocation, Attempt } from '@stockproof/stock-domain';
import {
  allocationStream,
  auditItem,
  itemStream,
  stockStreams,
  withoutOutcome,
  wrongAnnouncements,
  wrongAtRest,
  type Audited,
} from '@stockproof/stock-service/testing';
import { allocationRequestedV1, unitsReleasedV1, unitsShippedV1 } from '@stockproof/sales-contracts';
import { gapsOf } from './gaps';
import { answersOf, clock } from './moves';
import { account, type Said, type Scenario } from './scenario';
import type { World } from './world';

type PlanRef = { readonly orderId: string; readonly attempt: number; readonly revision: number };

/** Looks at worlds for what must never be, and at worlds at rest for what must not stay. */
export type Audit = {
  /** What is wrong already, whatever may still happen. */
  readonly now: (w: World) => Promise<readonly string[]>;
  /** What is wrong once nobody has anything left to do. */
  readonly atRest: (w: World) => Promise<readonly string[]>;
  /** Plans that have no outcome. */
  readonly openPlans: (w: World) => Promise<readonly PlanRef[]>;
};

export const auditOf = (scenario: Scenario): Audit => {
  const skus = Object.keys(scenario.stock);
  const items = new Map<string, Audited>();
  const announcements = new Map<string, readonly string[]>();

  const item = async (w: World, sku: string): Promise<Audited> => {
    const stream = itemStream(account, sku);
    const key = `${sku} ${(w.streams.get(stream) ?? []).join('.')}`;
    const known = items.get(key);
    if (known) return known;
    const audited = auditItem(await w.store.readStream(stream));
    items.set(key, audited);
    return audited;
  };
  const gaps = new Map<string, readonly string[]>();
  const gapsIn = async (w: World, sku: string): Promise<readonly string[]> => {
    if (scenario.neverWithout === undefined) return [];
    const stream = itemStream(account, sku);
    const key = `${sku} ${(w.streams.get(stream) ?? []).join('.')}`;
    const events = gaps.has(key) ? [] : await w.store.readStream(stream);
    const found = gaps.get(key) ?? scenario.neverWithout.flatMap((orderId) => gapsOf(events, orderId));
    gaps.set(key, found);
    return found;
  };
  const announced = async (w: World, stream: string): Promise<readonly string[]> => {
    const key = `${stream} ${(w.streams.get(stream) ?? []).join('.')}`;
    const known = announcements.get(key) ?? wrongAnnouncements(await w.store.readStream(stream));
    announcements.set(key, known);
    return known;
  };
  return {
    now: async (w) => {
      const ofItems = (await Promise.all(skus.map((sku) => item(w, sku)))).flatMap(({ problems }) => problems);
      const gaps = (await Promise.all(skus.map((sku) => gapsIn(w, sku)))).flat();
      const ofOrders = (await Promise.all(orderStreams(w).map(({ stream }) => announced(w, stream)))).flat();
      const failures = [...w.owners.map(({ moment }) => moment), ...w.movers].flatMap((moment) => moment?.failure ?? []);
      return [...ofItems, ...gaps, ...ofOrders, ...failures];
    },
    atRest: async (w) => {
      const said = await saidSoFar(scenario, w);
      const stock = new Map(await Promise.all(skus.map(async (sku) => [sku, (await item(w, sku)).item] as const)));
      const left = leftOf(said);
      const orders = await ordersOf(w, [...new Set(said.map(({ orderId }) => orderId))]);
      const wrong = orders.flatMap(({ orderId, allocation }) => {
        const order = { orderId, allocation, left };
        return [...wrongAtRest(stock, order), ...withoutOutcome(order, askedOf(said, orderId))];
      });
      return [...wrong, ...overtaken(scenario.inTurn ?? [], orders)];
    },
    openPlans: async (w) => {
      const orders = await ordersOf(
        w,
        orderStreams(w).map(({ orderId }) => orderId),
      );
      return orders.flatMap(({ orderId, allocation, revision }) =>
        [...allocation.attempts.values()].filter(isOpen).map(({ attempt }) => ({ orderId, attempt, revision })),
      );
    },
  };
};

/** Who was served although somebody before waits. */
const overtaken = (
  inTurn: readonly string[],
  orders: readonly { readonly orderId: string; readonly allocation: Allocation }[],
): readonly string[] => {
  const statuses = inTurn.map(
    (orderId) => [...(orders.find((each) => each.orderId === orderId)?.allocation.attempts.values() ?? [])].at(-1)?.status,
  );
  const waits = statuses.indexOf('waiting');
  return waits < 0
    ? []
    : inTurn
        .filter((_, place) => place > waits && statuses[place] === 'granted')
        .map((late) => `${late} was served before ${inTurn[waits] ?? ''}`);
};

const isOpen = ({ planOpen }: Attempt): boolean => planOpen;

const orderStreams = (w: World): readonly { readonly stream: string; readonly orderId: string }[] => {
  const prefix = allocationStream(account, '');
  return [...w.streams.keys()].flatMap((stream) => (stream.startsWith(prefix) ? [{ stream, orderId: stream.slice(prefix.length) }] : []));
};

const ordersOf = (
  w: World,
  orderIds: readonly string[],
): Promise<readonly { readonly orderId: string; readonly allocation: Allocation; readonly revision: number }[]> => {
  const { allocations } = stockStreams(commandHandling({ store: w.store, clock }));
  return Promise.all(
    orderIds.map(async (orderId) => {
      const { state, revision } = await allocations.load(allocationStream(account, orderId));
      return { orderId, allocation: state, revision };
    }),
  );
};

/** What sales has said: what it says of shipments it repeats from what was announced. */
const saidSoFar = async ({ sales }: Scenario, w: World): Promise<readonly Said[]> => {
  const answers = await answersOf(w);
  return sales.slice(0, w.said).flatMap((saying) => saying(answers) ?? []);
};

const askedOf = (said: readonly Said[], orderId: string): readonly number[] =>
  said.flatMap((each) => (each.type === allocationRequestedV1.type && each.orderId === orderId ? [Number(each.data['attempt'])] : []));

const leftOf = (said: readonly Said[]): ReadonlySet<string> =>
  new Set(
    said
      .filter(({ type }) => type === unitsShippedV1.type || type === unitsReleasedV1.type)
      .flatMap(({ data }) => (data['units'] as readonly { readonly allocationId: string }[]).map(({ allocationId }) => allocationId)),
  );
