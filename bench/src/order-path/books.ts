import type { Client } from 'pg';
import type { Check } from '../bench-case';

/** What lies in views and streams of the account, read in the database itself. */
export type Books = {
  /** Orders that the view shows as going out, by shipments that are there. */
  readonly fulfilling: () => Promise<number>;
  readonly checks: (orders: { readonly allocated: number; readonly drafts: number }) => Promise<readonly Check[]>;
};

const linesPerOrder = 3;

/** The newest version of a view. */
const viewTable = async (client: Client, schema: string, view: string): Promise<string> => {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema = $1 and table_name ~ ('^' || $2 || '_v[0-9]+$') order by length(table_name) desc, table_name desc limit 1`,
    [schema, view],
  );
  if (!rows[0]) throw new Error(`There is no view ${view} in ${schema}.`);
  return rows[0].name;
};

export const booksOf = async (client: Client, accountId: string): Promise<Books> => {
  const number = async (text: string): Promise<number> => Number((await client.query<{ n: string }>(text, [accountId])).rows[0]?.n);
  const orders = await viewTable(client, 'sales_views', 'sales_orders');
  const units = await viewTable(client, 'sales_views', 'sales_shipment_units');
  const levels = await viewTable(client, 'stock_views', 'stock_levels');
  const levelSum = (kind: string): Promise<number> =>
    number(`select coalesce(sum(allocated), 0) as n from ${levels} where account_id = $1 and kind = '${kind}'`);
  const withStatus = (status: string): Promise<number> =>
    number(`select count(*) as n from ${orders} where account_id = $1 and status = '${status}'`);
  const granted = (counted: string): Promise<number> =>
    number(
      `select count(${counted}) as n from stock.events e join stock.streams s on s.no = e.stream_no
        where s.id like 'stock.allocation-' || $1 || '-%' and e.type = 'AllocationGranted'`,
    );
  const inItems = (): Promise<number> =>
    number(
      `select coalesce(sum((change ->> 'allocated')::int), 0) as n from stock.events e join stock.streams s on s.no = e.stream_no
        cross join json_array_elements(case when json_typeof(e.data -> 'changes') = 'array' then e.data -> 'changes' else '[]' end) change
        where s.id like 'stock.item-' || $1 || '-%'`,
    );
  return {
    fulfilling: () => withStatus('fulfilling'),
    checks: async ({ allocated, drafts }) => {
      const wanted = allocated * linesPerOrder;
      return [
        check('every accepted order goes out', allocated, [await withStatus('fulfilling')]),
        check('every draft is a draft', drafts, [await withStatus('draft')]),
        check('every accepted order was granted once', allocated, [await granted('*'), await granted('distinct s.id')]),
        check('shipments carry every unit once', wanted, [
          await number(`select coalesce(sum(quantity), 0) as n from ${units} where account_id = $1`),
        ]),
        check('levels of both kinds are the sums of the streams', wanted, [
          await inItems(),
          await levelSum('physical'),
          await levelSum('virtual'),
        ]),
      ];
    },
  };
};

const check = (name: string, expected: number, seen: readonly number[]): Check => ({
  name,
  passed: seen.every((each) => each === expected),
  found: `${expected} expected, ${seen.join(' / ')} found`,
});
