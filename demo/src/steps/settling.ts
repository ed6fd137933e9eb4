import { eventually } from '../client/eventually';
import { entriesOf } from '../checking/journal';
import type { SaidOrder } from '../checking/said';
import { habitOf } from '../files/warehouse-habits';
import type { Simulator } from '../surroundings/simulator';
import { runJob, shopPlace, type Company } from './company';
import { ordersReader } from './reading';

/** What is still on the move, so that somebody who waits knows for what. */
const moving = (order: SaidOrder): string | null => {
  const { number, status, backordered, shipments } = order;
  const open = shipments.find((each) => !each.failed && !['shipped', 'cancelled'].includes(each.status));
  if (open !== undefined) return `${number}: a shipment is ${open.status}`;
  if (status === 'on-hold') return `${number} is on hold`;
  // Only what its warehouse has given up, once it had it, stays approved and asks for nothing: the order was cancelled, or its only unit is missing.
  const givenUp = shipments.length > 0 && ['cancelled', 'short'].includes(habitOf(number));
  return status === 'approved' && !backordered && !givenUp ? `${number} waits for stock's answer` : null;
};

/** Waits until every order is where it stays unless somebody does something. `expected`: how many orders there must be. */
export type OrdersSettled = (expected: number) => Promise<readonly SaidOrder[]>;

export const settlingOf = (company: Company): OrdersSettled => {
  const readOrders = ordersReader(company);
  return async (expected) => {
    let seen: readonly SaidOrder[] = [];
    let before = '';
    await eventually(
      'that all orders come to rest',
      async () => {
        seen = await readOrders();
        const now = JSON.stringify(seen.map(({ shop, number, status, backordered }) => [shop, number, status, backordered]));
        const stays = now === before;
        before = now;
        return { orders: seen.length, expected, stays, moving: seen.flatMap((order) => moving(order) ?? []) };
      },
      ({ orders, stays, moving: still }) => orders === expected && stays && still.length === 0,
      { everyMs: 700 },
    );
    return seen;
  };
};

/** Waits until each shop was last told the status that its orders have. */
export const shopsTold = async (company: Company, simulator: Simulator, orders: readonly SaidOrder[]): Promise<void> => {
  const sayable = new Set(['fulfilling', 'partially-fulfilled', 'shipped', 'cancelled']);
  await eventually(
    'that the shops know of every order',
    async () => {
      const last = new Map(
        entriesOf(await simulator.journal(company.tag), 'order-told').map(({ place, orderNumber, update }) => [
          `${place} ${orderNumber}`,
          update.status,
        ]),
      );
      return orders
        .filter(({ shop, number, status }) => sayable.has(status) && last.get(`shops/${shopPlace(company.tag, shop)} ${number}`) !== status)
        .map(({ shop, number, status }) => `${shop} ${number} ${status}`);
    },
    (untold) => untold.length === 0,
    { everyMs: 500 },
  );
};

/** Has the levels of both warehouses fetched by hand, beside the period on which they are fetched anyway. */
export const fetchLevels = async (company: Company): Promise<void> => {
  for (const code of ['NORTH', 'SOUTH'] as const) await runJob(company, 'stock', 'import-stock', company.warehouses[code]);
};
