import { Client } from 'pg';
import type { Logged, ViewRows } from './evidence';

const services = ['sales', 'stock', 'purchasing'] as const;

/** Plans carry their whole decision record, which nothing here looks at. */
const dataOf = "case when e.type = 'AllocationDecided' then '{}'::json else e.data end";
const rowsAtOnce = 5_000;

/** How far each log was read. */
export type Places = Map<string, string>;

/** The account's events as they lie in the store, in the order of each log, read without the product's code; moves `places` on. */
export const readEvents = async (client: Client, accountId: string, places: Places = new Map()): Promise<readonly Logged[]> => {
  const events: Logged[] = [];
  for (const service of services)
    for (;;) {
      const { rows } = await client.query<Row>(
        `select e.position::text as position, s.id as stream, e.revision::int as revision, e.type, e.meta ->> 'commandId' as "commandId",
                (extract(epoch from e.recorded) * 1000)::float8 as "recordedAt", ${dataOf} as data
           from ${service}.events e join ${service}.streams s on s.no = e.stream_no
          where e.position > $1 and e.meta ->> 'accountId' = $2 order by e.position limit ${rowsAtOnce}`,
        [places.get(service) ?? '0', accountId],
      );
      for (const row of rows) events.push({ ...row, position: Number(row.position) });
      const last = rows.at(-1);
      if (!last) break;
      places.set(service, last.position);
    }
  return events;
};

type Row = Omit<Logged, 'position'> & { readonly position: string };

/** How many events all services have written. */
export const countEvents = async (client: Client): Promise<number> => {
  const counts = services.map((service) => `(select coalesce(max(position), 0) from ${service}.events)`);
  return Number((await client.query<{ n: string }>(`select ${counts.join(' + ')} as n`)).rows[0]?.n);
};

export const readViews = async (client: Client, accountId: string): Promise<ViewRows> => {
  const rowsOf = async <T extends object>(schema: string, view: string, columns: string): Promise<readonly T[]> =>
    (await client.query<T>(`select ${columns} from ${await newest(client, schema, view)} where account_id = $1`, [accountId])).rows;
  const amounts = ['total', 'unsellable', 'allocated', 'held', 'incoming', 'publishable'].map((name) => `${name}::int`).join(', ');
  return {
    levels: await rowsOf('stock_views', 'stock_levels', `sku_key as "skuKey", warehouse_id as "warehouseId", kind, ${amounts}`),
    orders: await rowsOf('sales_views', 'sales_orders', 'order_id as "orderId", status, backordered, revision'),
    shipments: await rowsOf('sales_views', 'sales_shipments', 'shipment_id as "shipmentId", order_id as "orderId", status'),
    units: await rowsOf(
      'sales_views',
      'sales_shipment_units',
      'allocation_id as "allocationId", shipment_id as "shipmentId", quantity, shipped, released',
    ),
  };
};

/** The newest version of a view. */
const newest = async (client: Client, schema: string, view: string): Promise<string> => {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema = $1 and table_name ~ ('^' || $2 || '_v[0-9]+$') order by length(table_name) desc, table_name desc limit 1`,
    [schema, view],
  );
  if (!rows[0]) throw new Error(`There is no view ${view} in ${schema}.`);
  return rows[0].name;
};
