import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, ApiPage, AwaitsView, Cursors, ProblemException, Problems, UuidParam, type Page } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { FastifyReply } from 'fastify';
import { purchaseOrderProblems } from '../../purchase-orders/purchase-orders.problems';
import { unexplainedReceiptStream } from '../../purchasing.streams';
import { receiptDeskToken } from '../../purchasing.tokens';
import { bookAssigned, linesThatTakeGoods, type ReceiptDesk } from '../../warehouses/receipt-desk';
import { orderTakesNoGoods, unexplainedReceiptProblems } from './unexplained-receipts.problems';
import { readUnexplainedReceipts, type UnexplainedReceiptRow } from './unexplained-receipts.query';
import {
  AssignReceiptRequest,
  DismissReceiptRequest,
  UnexplainedReceiptDocument,
  UnexplainedReceiptsQuery,
  UnexplainedReceiptWritten,
} from './unexplained-receipts.requests';

@ApiTags('Unexplained receipts')
@Controller('v1/purchasing/accounts/:accountId/unexplained-receipts')
export class UnexplainedReceiptsController {
  constructor(
    @Inject(receiptDeskToken) private readonly desk: ReceiptDesk,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('exception:read')
  @AwaitsView('unexplained-receipts')
  @ApiOperation({ operationId: 'listUnexplainedReceipts', summary: 'Goods that no order explains, in the order of the last change' })
  @ApiPage(UnexplainedReceiptDocument)
  async list(@Caller() { accountId }: Caller, @Query() query: UnexplainedReceiptsQuery): Promise<Page<UnexplainedReceiptDocument>> {
    const list = `unexplained-receipts ${accountId}`;
    const after = this.cursors.after<{ position: string }>(list, query)?.position ?? null;
    const filter = { status: query.status ?? null, warehouseId: query.warehouseId ?? null };
    const rows = await readUnexplainedReceipts(this.desk.reader, accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: documentOf, place: ({ position }) => ({ position }) });
  }

  @Post(':unexplainedReceiptId/assign')
  @HttpCode(200)
  @Requires('exception:resolve')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'assignUnexplainedReceipt', summary: 'Say which order the goods belong to; they are booked there' })
  @ApiOkResponse({ type: UnexplainedReceiptWritten })
  @Problems(unexplainedReceiptProblems, purchaseOrderProblems, orderTakesNoGoods)
  async assign(
    @Caller() caller: Caller,
    @UuidParam('unexplainedReceiptId') unexplainedReceiptId: string,
    @Body() body: AssignReceiptRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnexplainedReceiptWritten> {
    const { desk } = this;
    const purchaseOrderId = body.purchaseOrderId.toLowerCase();
    const stream = unexplainedReceiptStream(caller.accountId, unexplainedReceiptId);
    const ordered = await linesThatTakeGoods(desk, caller.accountId, purchaseOrderId);
    if (ordered === null) throw new ProblemException(orderTakesNoGoods);
    const lines = (body.lines ?? []).map(({ line, lineId }) => ({ line, lineId }));
    const data = { unexplainedReceiptId, purchaseOrderId, ordered, lines, now: desk.clock.now() };
    const assigned = answer(
      await desk.unexplained.handle(stream, { type: 'AssignReceipt', data }, caller.context()),
      unexplainedReceiptProblems,
      reply,
    );
    const booked = await bookAssigned(desk, caller.accountId, unexplainedReceiptId, caller.context());
    const events = booked === null ? [] : answer(booked, purchaseOrderProblems, reply).events;
    return { unexplainedReceiptId, revision: assigned.revision, events: [...assigned.events, ...events].map(({ type }) => type) };
  }

  @Post(':unexplainedReceiptId/dismiss')
  @HttpCode(200)
  @Requires('exception:resolve')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'dismissUnexplainedReceipt', summary: 'Say that nothing is to be booked, and why' })
  @ApiOkResponse({ type: UnexplainedReceiptWritten })
  @Problems(unexplainedReceiptProblems)
  async dismiss(
    @Caller() caller: Caller,
    @UuidParam('unexplainedReceiptId') unexplainedReceiptId: string,
    @Body() { reason }: DismissReceiptRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnexplainedReceiptWritten> {
    const stream = unexplainedReceiptStream(caller.accountId, unexplainedReceiptId);
    const command = { type: 'DismissReceipt', data: { unexplainedReceiptId, reason, now: this.desk.clock.now() } } as const;
    const handled = await this.desk.unexplained.handle(stream, command, caller.context());
    const { revision, events } = answer(handled, unexplainedReceiptProblems, reply);
    return { unexplainedReceiptId, revision, events: events.map(({ type }) => type) };
  }
}

const documentOf = (row: UnexplainedReceiptRow): UnexplainedReceiptDocument => ({
  unexplainedReceiptId: row.unexplained_receipt_id,
  warehouseId: row.warehouse_id,
  externalReceiptId: row.external_receipt_id,
  purchaseOrderId: row.purchase_order_id,
  purchaseOrderNumber: row.purchase_order_number,
  receivedAt: row.received_at,
  lines: row.lines,
  unreadable: row.unreadable,
  status: row.status,
  assignedTo: row.assigned_to,
  reason: row.reason,
  createdAt: row.created_at,
});
