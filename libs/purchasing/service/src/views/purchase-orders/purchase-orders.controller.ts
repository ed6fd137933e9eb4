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
import type { TenantReader } from '@stockproof/sql';
import type { FastifyReply } from 'fastify';
import { purchasingReader } from '../../purchasing.tokens';
import { readPurchaseOrder, readPurchaseOrders, type PurchaseOrderRow } from './purchase-orders.query';
import { PurchaseOrderDocument, PurchaseOrdersQuery, PurchaseOrderSummary } from './purchase-orders.requests';

@ApiTags('Purchase orders')
@Controller('v1/purchasing/accounts/:accountId/purchase-orders')
export class PurchaseOrdersViewController {
  constructor(
    @Inject(purchasingReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('purchase-order:read')
  @AwaitsView('purchase-orders')
  @ApiOperation({ operationId: 'listPurchaseOrders', summary: 'What was ordered, in the order of the last change' })
  @ApiPage(PurchaseOrderSummary)
  async list(@Caller() { accountId }: Caller, @Query() query: PurchaseOrdersQuery): Promise<Page<PurchaseOrderSummary>> {
    const list = `purchase-orders ${accountId}`;
    const after = this.cursors.after<{ position: string }>(list, query)?.position ?? null;
    const { status = null, warehouseId = null, supplier = null, number = null, exportFailed = null } = query;
    const filter = { status, warehouseId, supplier, number, exportFailed };
    const rows = await readPurchaseOrders(this.reader, accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: summaryOf, place: ({ position }) => ({ position }) });
  }

  @Get(':purchaseOrderId')
  @Requires('purchase-order:read')
  @AwaitsView('purchase-orders')
  @ApiOperation({ operationId: 'getPurchaseOrder', summary: 'A purchase order with its lines and receipts' })
  @ApiOkResponse({ type: PurchaseOrderDocument })
  async one(
    @Caller() { accountId }: Caller,
    @UuidParam('purchaseOrderId') purchaseOrderId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PurchaseOrderDocument> {
    const found = await readPurchaseOrder(this.reader, accountId, purchaseOrderId);
    if (found === null) throw new ProblemException(knownProblems.notFound);
    setRevision(reply, found.order.revision);
    return { ...summaryOf(found.order), lines: found.lines, receipts: found.receipts };
  }
}

const summaryOf = (row: PurchaseOrderRow): PurchaseOrderSummary => ({
  purchaseOrderId: row.purchase_order_id,
  number: row.number,
  supplier: { code: row.supplier_code, name: row.supplier_name },
  warehouseId: row.warehouse_id,
  expectedAt: row.expected_at,
  cancelAfter: row.cancel_after,
  reference: row.reference,
  status: row.status,
  shortReceived: row.short_received,
  warnings: row.warnings,
  endedReason: row.ended_reason,
  export: {
    status: row.export_status,
    begunAt: row.export_begun_at,
    exportedAt: row.exported_at,
    externalId: row.external_id,
    failure: row.export_failure,
    takeBack: row.take_back,
    takeBackReason: row.take_back_reason,
  },
  exportFailed: row.export_status === 'refused',
  createdAt: row.created_at,
  revision: row.revision,
});
