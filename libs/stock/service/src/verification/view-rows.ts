import type { Position } from '@stockproof/event-store';
import { sql, type Queryable } from '@stockproof/sql';
import { allocationsProjection } from '../views/allocations/allocations.projection';
import { stockLevelsProjection } from '../views/stock-levels/stock-levels.projection';
import { stockMovementsProjection } from '../views/stock-movements/stock-movements.projection';
import { stockStreamsProjection } from '../views/stock-streams/stock-streams.projection';
import type { Row } from './comparing-rows';
import type { Subject } from './subjects';

/** Rows of a view and the place in the log up to which they are true, read at one moment; `null`: they are of another log, and being rebuilt. */
export type ViewRows = { readonly at: Position | null; readonly rows: readonly Row[] };

const views = [stockLevelsProjection, stockMovementsProjection, allocationsProjection, stockStreamsProjection];

const place = (view: string): string => {
  const version = views.find(({ name }) => name === view)?.version ?? 0;
  return `(select position from projection_checkpoints where view = '${view}' and version = ${version} and not building and not of_another_log)`;
};

type Placed = { readonly at: Position | null; readonly there: boolean | null } & Row;

/** One statement sees one moment: the rows are those of exactly this place. */
const readRows = async (
  database: Queryable,
  view: string,
  { columns, from }: { readonly columns: string; readonly from: string },
  ...values: readonly unknown[]
): Promise<ViewRows> => {
  const rows = await database.query<Placed>(
    sql(
      `select ${place(view)} as at, r.* from (values (1)) as one(row) left join lateral (select true as there, ${columns} ${from}) r on true`,
      ...values,
    ),
  );
  return { at: rows[0]?.at ?? null, rows: rows.filter(({ there }) => there === true).map(({ at: _, there: __, ...row }) => row) };
};

const levelColumns = 'warehouse_id, sku, kind, total, unsellable, allocated, held, incoming, available, publishable, position';

/** The levels of one SKU. */
export const readLevelRows = (database: Queryable, { accountId, key }: Subject): Promise<ViewRows> =>
  readRows(
    database,
    'stock-levels',
    { columns: levelColumns, from: 'from stock_levels_v1 where account_id = $1 and sku_key = $2' },
    accountId,
    key,
  );

/** The attempts of one order. */
export const readAttemptRows = (database: Queryable, { accountId, key }: Subject): Promise<ViewRows> =>
  readRows(
    database,
    'allocations',
    {
      columns:
        'order_id, attempt, organization_id, kind, order_number, order_date, status, plan, units, missing, reasons, behind, plan_open_since, revision, decided_at, position',
      from: 'from stock_allocations_v2 where account_id = $1 and order_id = $2',
    },
    accountId,
    key,
  );

/** Whether the account may use the warehouse, and its members, as the view has them. */
export const readWarehouseRows = (database: Queryable, { accountId, key }: Subject): Promise<ViewRows> =>
  readRows(
    database,
    'stock-levels',
    {
      columns: 'code, kind, members',
      from: `from (select w.code, w.kind, array(select m.member_id::text from stock_members_v1 m where m.warehouse_id = w.warehouse_id order by 1) as members
               from stock_warehouses_v1 w where w.account_id = $1 and w.warehouse_id = $2::uuid) w`,
    },
    accountId,
    key,
  );

/** Up to where a view is true now. */
export const readPlace = async (database: Queryable, view: string): Promise<Position | null> =>
  (await database.query<{ at: Position | null }>(sql(`select ${place(view)} as at`)))[0]?.at ?? null;

/** What the ledger of one SKU comes to in each warehouse. */
export const readBalanceRows = (database: Queryable, { accountId, key }: Subject): Promise<ViewRows> =>
  readRows(
    database,
    'stock-movements',
    {
      columns: 'warehouse_id, sku, total, unsellable, allocated, held, incoming, first_position, lateness_seen',
      from: 'from stock_balances_v2 where account_id = $1 and sku_key = $2',
    },
    accountId,
    key,
  );

const movementColumns = `m.position, m.ordinal, m.event_id, m.sku, m.warehouse_id, m.cause, m.effective_at, m.recorded_at, m.lateness,
  m.total, m.unsellable, m.allocated, m.held, m.incoming, m.total_after, m.unsellable_after, m.allocated_after, m.held_after, m.incoming_after,
  m.actor, m.order_id, m.reference, m.reason, m.note`;

/** What the ledger has of a SKU in these warehouses between two places; what lies there never changes. At most `limit` rows of each. */
export const readMovementRows = (
  database: Queryable,
  { accountId, key }: Subject,
  {
    after,
    upTo,
    warehouses,
    limit,
  }: { readonly after: Position; readonly upTo: Position; readonly warehouses: readonly string[]; readonly limit: number },
): Promise<readonly Row[]> =>
  database.query(
    sql(
      `select r.* from unnest($5::uuid[]) w(id) cross join lateral (
         select ${movementColumns} from stock_movements_v2 m
          where m.account_id = $1 and m.sku_key = $2 and m.warehouse_id = w.id and m.position > $3 and m.position <= $4
          order by m.position, m.ordinal limit $6) r`,
      ...[accountId, key, after, upTo, warehouses, limit],
    ),
  );

/** What the ledger has of a SKU in warehouses where it never was. */
export const readStrayMovements = (
  database: Queryable,
  { accountId, key }: Subject,
  { upTo, warehouses }: { readonly upTo: Position; readonly warehouses: readonly string[] },
): Promise<readonly Row[]> =>
  database.query(
    sql(
      `select ${movementColumns} from stock_movements_v2 m
        where m.account_id = $1 and m.sku_key = $2 and m.position <= $3 and m.warehouse_id <> all($4::uuid[]) limit 20`,
      ...[accountId, key, upTo, warehouses],
    ),
  );
