import { sql, type Queryable, type TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';
import type { CarrierService, OrderLine, Package, Sealed, ShopUpdate } from '@stockproof/sales-domain';

export type SalesOrderRow = {
  readonly order_id: string;
  readonly number: string;
  readonly channel_id: string | null;
  readonly channel_order_number: string | null;
  readonly order_date: string;
  readonly arrived_at: string;
  readonly status: string;
  readonly backordered: boolean;
  readonly reasons: readonly string[];
  readonly warehouse_id: string | null;
  readonly ship_to: Sealed | null;
  readonly ship_to_country: string | null;
  readonly lines: readonly OrderLine[];
  readonly closed: Readonly<Record<string, number>>;
  readonly release_at: string | null;
  readonly revision: number;
  readonly position: string;
};

export type ShipmentRow = {
  readonly shipment_id: string;
  readonly order_id: string;
  readonly warehouse_id: string;
  readonly status: string;
  readonly external_id: string | null;
  readonly failure: string | null;
  readonly carrier_service: CarrierService | null;
  readonly warnings: readonly string[];
  readonly packages: Readonly<Record<string, Package>>;
  readonly units: readonly {
    lineNumber: number;
    lineId: string;
    allocationId: string;
    sku: string;
    quantity: number;
    shipped: number;
    released: boolean;
  }[];
};

const orderColumns = `order_id, number, channel_id, channel_order_number, order_date, arrived_at, status, backordered, reasons, warehouse_id, ship_to, ship_to_country, lines, closed,
  release_at, revision, position`;

export type OrderFilter = { readonly status: string | null; readonly number: string | null; readonly backordered: boolean | null };

/** Orders in the order in which they last changed: a client that reads on misses nothing. */
export const readOrders = (
  reader: TenantReader,
  accountId: AccountId,
  filter: OrderFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly SalesOrderRow[]> =>
  reader.readAs<SalesOrderRow>(
    { kind: 'account', accountId },
    sql(
      `select ${orderColumns} from sales_orders_v2
        where account_id = $1 and ($2::text is null or status = $2) and ($3::text is null or number = $3) and ($4::boolean is null or backordered = $4)
          and ($5::text is null or position > $5)
        order by position limit $6`,
      ...[accountId, filter.status, filter.number, filter.backordered, page.after, page.limit + 1],
    ),
  );

/** What the shop was told, or is to be told. */
export type ToldRow = {
  readonly telling: number;
  readonly update: ShopUpdate;
  readonly due_at: string;
  readonly outcome: 'due' | 'told' | 'refused';
  readonly answered_at: string | null;
  readonly external_id: string | null;
  readonly reason: string | null;
  readonly warnings: readonly string[];
};

/** A shipment that was to move to another warehouse. */
export type MoveRow = {
  readonly shipment_id: string;
  readonly from_warehouse_id: string;
  readonly to_warehouse_id: string;
  readonly reason: string;
  readonly asked_at: string;
  readonly status: 'asked' | 'waits-for-warehouse' | 'moved' | 'refused';
  readonly because: string | null;
  readonly to_shipment_id: string | null;
  readonly ended_at: string | null;
};

export type WholeOrder = SalesOrderRow & {
  readonly shipments: readonly ShipmentRow[];
  readonly told: readonly ToldRow[];
  readonly moves: readonly MoveRow[];
};

/** One order with its shipments, as of one moment: read apart, a status could stand beside the shipments of another. */
export const readWholeOrder = async (reader: TenantReader, accountId: AccountId, orderId: string): Promise<WholeOrder | null> => {
  const rows = await reader.readAs<WholeOrder>(
    { kind: 'account', accountId },
    sql(
      `select ${orderColumns},
              (select coalesce(json_agg(json_build_object('shipment_id', s.shipment_id, 'order_id', s.order_id, 'warehouse_id', s.warehouse_id, 'status', s.status, 'external_id', s.external_id,
                  'failure', s.failure, 'carrier_service', s.carrier_service, 'warnings', s.warnings, 'packages', s.packages, 'units', (
                    select json_agg(json_build_object('lineNumber', u.line_number, 'lineId', u.part_id, 'allocationId', u.allocation_id, 'sku', u.sku, 'quantity', u.quantity, 'shipped', u.shipped,
                        'released', u.released) order by u.line_number)
                      from sales_shipment_units_v2 u where u.account_id = s.account_id and u.shipment_id = s.shipment_id)) order by s.created_at, s.shipment_id), '[]')
                 from sales_shipments_v2 s where s.account_id = o.account_id and s.order_id = o.order_id) as shipments,
              (select coalesce(json_agg(t order by t.telling), '[]') from sales_shop_updates_v1 t where t.account_id = o.account_id and t.order_id = o.order_id) as told,
              (select coalesce(json_agg(m order by m.attempt), '[]') from sales_shipment_moves_v1 m where m.account_id = o.account_id and m.order_id = o.order_id) as moves
         from sales_orders_v2 o where account_id = $1 and order_id = $2`,
      accountId,
      orderId,
    ),
  );
  return rows[0] ?? null;
};

export type ReadyShipment = { readonly shipment_id: string; readonly order_id: string; readonly ship_to: Sealed | null };

/** Shipments that a warehouse has yet to be told of, oldest first: one that it refused waits for a person. */
export const readReadyShipments = (
  worker: Queryable,
  accountId: AccountId,
  warehouseId: string,
  limit: number,
): Promise<readonly ReadyShipment[]> =>
  worker.query<ReadyShipment>(
    sql(
      `select s.shipment_id, s.order_id, o.ship_to from sales_shipments_v2 s join sales_orders_v2 o on o.account_id = s.account_id and o.order_id = s.order_id
        where s.account_id = $1 and s.warehouse_id = $2 and s.status = 'ready-to-send' and s.failure is null order by s.created_at, s.shipment_id limit $3`,
      ...[accountId, warehouseId, limit],
    ),
  );

/** Shipments that a warehouse is to give back and has not answered for. */
export const readShipmentsToTakeBack = (
  worker: Queryable,
  accountId: AccountId,
  warehouseId: string,
  limit: number,
): Promise<readonly Pick<ReadyShipment, 'shipment_id' | 'order_id'>[]> =>
  worker.query<Pick<ReadyShipment, 'shipment_id' | 'order_id'>>(
    sql(
      `select shipment_id, order_id from sales_shipments_v2 where account_id = $1 and warehouse_id = $2 and status = 'cancel-requested' order by created_at, shipment_id limit $3`,
      ...[accountId, warehouseId, limit],
    ),
  );

const orderOfShipment = (accountId: AccountId, shipmentId: string) =>
  sql('select order_id from sales_shipments_v2 where account_id = $1 and shipment_id::text = $2', accountId, shipmentId);

/** The order that a shipment belongs to; `null` for no shipment of this account. */
export const readShipmentOrder = async (worker: Queryable, accountId: AccountId, shipmentId: string): Promise<string | null> => {
  const rows = await worker.query<{ order_id: string }>(orderOfShipment(accountId, shipmentId));
  return rows[0]?.order_id ?? null;
};

/** The same for whoever reads by HTTP. */
export const readOrderOfShipment = async (reader: TenantReader, accountId: AccountId, shipmentId: string): Promise<string | null> => {
  const rows = await reader.readAs<{ order_id: string }>({ kind: 'account', accountId }, orderOfShipment(accountId, shipmentId));
  return rows[0]?.order_id ?? null;
};
