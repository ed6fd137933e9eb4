import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import {
  ApiPage,
  AwaitsView,
  Cursors,
  knownProblems,
  ProblemException,
  setRevision,
  UuidParam,
  type Page,
} from '@stockproof/http-problems';
import type { PersonalData } from '@stockproof/personal-data';
import { lineQuantities, type OrderLine } from '@stockproof/sales-domain';
import type { TenantReader } from '@stockproof/sql';
import { instantOf } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { salesPersonalData, salesReader } from '../../sales.tokens';
import {
  readOrders,
  readWholeOrder,
  type SalesOrderRow,
  type MoveRow,
  type ShipmentRow,
  type ToldRow,
  type WholeOrder,
} from './sales-orders.query';
import {
  SalesOrderDetail,
  SalesOrderLineDetail,
  SalesOrdersQuery,
  SalesOrderSummary,
  ShipmentMoveView,
  ShipmentView,
  ToldView,
} from './sales-orders.requests';

@ApiTags('Sales orders')
@Controller('v1/sales/accounts/:accountId/sales-orders')
export class SalesOrdersController {
  constructor(
    @Inject(salesReader) private readonly reader: TenantReader,
    @Inject(salesPersonalData) private readonly personalData: PersonalData,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('order:read')
  @AwaitsView('sales-orders')
  @ApiOperation({ operationId: 'listSalesOrders', summary: 'Orders in the order in which they last changed' })
  @ApiPage(SalesOrderSummary)
  async list(@Caller() caller: Caller, @Query() query: SalesOrdersQuery): Promise<Page<SalesOrderSummary>> {
    const list = `sales-orders ${caller.accountId}`;
    const after = this.cursors.after<{ readonly position: string }>(list, query);
    const filter = { status: query.status ?? null, number: query.number ?? null, backordered: query.backordered ?? null };
    const rows = await readOrders(this.reader, caller.accountId, filter, { after: after?.position ?? null, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: summaryOf, place: ({ position }) => ({ position }) });
  }

  @Get(':orderId')
  @Requires('order:read')
  @AwaitsView('sales-orders', 'shop-updates', 'shipment-moves')
  @ApiOperation({ operationId: 'getSalesOrder', summary: 'One order with its shipments' })
  @ApiOkResponse({ type: SalesOrderDetail })
  async get(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SalesOrderDetail> {
    const order = await readWholeOrder(this.reader, caller.accountId, orderId);
    if (order === null) throw new ProblemException(knownProblems.notFound);
    setRevision(reply, order.revision);
    const shipTo = order.ship_to === null ? null : await this.personalData.open(order.ship_to);
    return {
      ...summaryOf(order),
      shipTo: typeof shipTo === 'object' ? shipTo : null,
      lines: order.lines.map((line) => lineOf(order, line)),
      shipments: order.shipments.map(shipmentOf),
      told: order.told.map(toldOf),
      moves: order.moves.map(moveOf),
    };
  }
}

const summaryOf = (row: SalesOrderRow): SalesOrderSummary => ({
  orderId: row.order_id,
  number: row.number,
  channelId: row.channel_id,
  orderDate: row.order_date,
  arrivedAt: row.arrived_at,
  status: row.status,
  backordered: row.backordered,
  reasons: row.reasons,
  shipToCountry: row.ship_to_country,
  releaseAt: row.release_at,
  lines: row.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity, closed: row.closed[lineId] ?? 0 })),
  revision: row.revision,
  position: row.position,
});

const lineOf = (order: WholeOrder, line: OrderLine): SalesOrderLineDetail => {
  const { lineId, sku, quantity, needsShipping } = line;
  const closed = order.closed[lineId] ?? 0;
  const units = order.shipments.flatMap((shipment) => shipment.units);
  const state = { closed, backordered: order.backordered, cancelled: order.status === 'cancelled' };
  return { lineId, sku, quantity, closed, needsShipping, ...lineQuantities(line, units, state) };
};

const toldOf = ({ telling, update, due_at, outcome, answered_at, external_id, reason, warnings }: ToldRow): ToldView => ({
  ...update,
  ...{ telling, outcome, reason, warnings },
  dueAt: instantOf(due_at),
  answeredAt: answered_at === null ? null : instantOf(answered_at),
  externalId: external_id,
});

const moveOf = ({
  shipment_id,
  from_warehouse_id,
  to_warehouse_id,
  to_shipment_id,
  asked_at,
  ended_at,
  ...row
}: MoveRow): ShipmentMoveView => ({
  shipmentId: shipment_id,
  fromWarehouseId: from_warehouse_id,
  toWarehouseId: to_warehouse_id,
  toShipmentId: to_shipment_id,
  reason: row.reason,
  status: row.status,
  because: row.because,
  askedAt: instantOf(asked_at),
  endedAt: ended_at === null ? null : instantOf(ended_at),
});

const shipmentOf = ({ shipment_id, warehouse_id, status, external_id, failure, units, packages, ...row }: ShipmentRow): ShipmentView => ({
  shipmentId: shipment_id,
  warehouseId: warehouse_id,
  status,
  externalId: external_id,
  failure,
  units,
  carrierService: row.carrier_service,
  warnings: row.warnings,
  packages: Object.values(packages).map(({ packageId, tracking, carrier, service, weightG, contents = [] }) => ({
    ...{ packageId, tracking, carrier, service, weightG, contents },
  })),
});
