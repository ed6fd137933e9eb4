import { Client } from 'pg';
import { untilTrue } from './product-process';

/** What lies in the streams of stock, counted in the database itself: views and answers have no say in it. */
export type StockStreams = {
  /** Σ of allocated over all events of the SKU, per warehouse. */
  readonly allocated: (accountId: string, skuKey: string) => Promise<number>;
  /** How many events of this type the account's orders have. */
  readonly count: (accountId: string, type: string) => Promise<number>;
  /** How many events of this type the account's sales orders have. */
  readonly countInOrders: (accountId: string, type: string) => Promise<number>;
  /** Orders that have been granted units, each as often as it was. */
  readonly grantedOrders: (accountId: string) => Promise<readonly string[]>;
  /** All orders of which stock has heard, in the order in which they are to be served: order date, then arrival. */
  readonly ordersByAge: (accountId: string) => Promise<readonly string[]>;
  /** The account's sales orders by the numbers that they were created under. */
  readonly createdOrders: (accountId: string) => Promise<readonly { readonly orderId: string; readonly number: string }[]>;
  readonly close: () => Promise<void>;
};

export const readStreams = async (databaseUrl: string): Promise<StockStreams> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const number = async (text: string, values: readonly unknown[]): Promise<number> =>
    Number((await client.query<{ n: string }>(text, [...values])).rows[0]?.n);
  const orderIds = async (text: string, accountId: string): Promise<readonly string[]> =>
    (await client.query<{ id: string }>(text, [accountId])).rows.map(({ id }) => id);
  return {
    countInOrders: (accountId, type) =>
      number('select count(*) as n from sales.events e join sales.streams s on s.no = e.stream_no where s.id like $1 and e.type = $2', [
        `sales.salesOrder-${accountId}-%`,
        type,
      ]),
    grantedOrders: (accountId) =>
      orderIds(
        `select e.data ->> 'orderId' as id from stock.events e join stock.streams s on s.no = e.stream_no
          where s.id like 'stock.allocation-' || $1 || '-%' and e.type = 'AllocationGranted' order by e.position`,
        accountId,
      ),
    ordersByAge: (accountId) =>
      orderIds(
        `select e.data ->> 'orderId' as id from sales.events e join sales.streams s on s.no = e.stream_no
          where s.id like 'sales.salesOrder-' || $1 || '-%' and e.type = 'SalesOrderCreated' and e.data ->> 'status' = 'approved'
          order by (e.data ->> 'orderDate')::timestamptz, (e.data ->> 'arrivedAt')::timestamptz, e.data ->> 'orderId'`,
        accountId,
      ),
    createdOrders: async (accountId) =>
      (
        await client.query<{ orderId: string; number: string }>(
          `select e.data ->> 'orderId' as "orderId", e.data ->> 'number' as number from sales.events e join sales.streams s on s.no = e.stream_no
            where s.id like 'sales.salesOrder-' || $1 || '-%' and e.type = 'SalesOrderCreated'`,
          [accountId],
        )
      ).rows,
    allocated: (accountId, skuKey) =>
      number(
        `select coalesce(sum((change ->> 'allocated')::int), 0) as n
           from stock.events e join stock.streams s on s.no = e.stream_no cross join json_array_elements(e.data -> 'changes') change
          where s.id = $1`,
        [`stock.item-${accountId}-${skuKey}`],
      ),
    count: (accountId, type) =>
      number('select count(*) as n from stock.events e join stock.streams s on s.no = e.stream_no where s.id like $1 and e.type = $2', [
        `stock.allocation-${accountId}-%`,
        type,
      ]),
    close: () => client.end(),
  };
};

const services = ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'];
/** Longer than a message takes from one service to the next. */
const quietMs = 1_000;

/** How many events all services have written, once nothing more has come for a while. */
export const countEventsAtRest = async (databaseUrl: string): Promise<number> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: schemas } = await client.query<{ name: string }>(
      "select table_schema as name from information_schema.tables where table_name = 'events' and table_schema = any($1)",
      [services],
    );
    const counting = `select ${schemas.map(({ name }) => `(select count(*) from ${name}.events)`).join(' + ')} as n`;
    let seen = { count: -1, since: performance.now() };
    const atRest = async (): Promise<boolean> => {
      const count = Number((await client.query<{ n: string }>(counting)).rows[0]?.n);
      if (count !== seen.count) seen = { count, since: performance.now() };
      return performance.now() - seen.since > quietMs;
    };
    await untilTrue(atRest, 30_000, () => `events are still written: ${seen.count}`);
    return seen.count;
  } finally {
    await client.end();
  }
};
