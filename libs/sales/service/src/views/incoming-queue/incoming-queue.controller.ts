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
import type { TenantReader } from '@stockproof/sql';
import type { FastifyReply } from 'fastify';
import { salesPersonalData, salesReader } from '../../sales.tokens';
import { readIncomingOrder, readIncomingOrders, type IncomingOrderRow } from './incoming-queue.query';
import { IncomingOrderDetail, IncomingOrdersQuery, IncomingOrderSummary } from './incoming-queue.requests';

@ApiTags('Incoming orders')
@Controller('v1/sales/accounts/:accountId/incoming-orders')
export class IncomingQueueController {
  constructor(
    @Inject(salesReader) private readonly reader: TenantReader,
    @Inject(salesPersonalData) private readonly personalData: PersonalData,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('order:read')
  @AwaitsView('incoming-queue')
  @ApiOperation({
    operationId: 'listIncomingOrders',
    summary: 'Orders as they came in, in the order in which something last happened to them',
  })
  @ApiPage(IncomingOrderSummary)
  async list(@Caller() caller: Caller, @Query() query: IncomingOrdersQuery): Promise<Page<IncomingOrderSummary>> {
    const list = `incoming-orders ${caller.accountId}`;
    const after = this.cursors.after<{ readonly position: string }>(list, query);
    const filter = { state: query.state ?? null, channelId: query.channelId ?? null, code: query.code ?? null };
    const rows = await readIncomingOrders(this.reader, caller.accountId, filter, { after: after?.position ?? null, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: summaryOf, place: ({ position }) => ({ position }) });
  }

  @Get(':incomingId')
  @Requires('order:read')
  @AwaitsView('incoming-queue')
  @ApiOperation({ operationId: 'getIncomingOrder', summary: 'One incoming order with what was received' })
  @ApiOkResponse({ type: IncomingOrderDetail })
  async get(
    @Caller() caller: Caller,
    @UuidParam('incomingId') incomingId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncomingOrderDetail> {
    const row = await readIncomingOrder(this.reader, caller.accountId, incomingId);
    if (row === null) throw new ProblemException(knownProblems.notFound);
    setRevision(reply, row.revision);
    const content = (await this.personalData.open(row.content)) as { readonly order: object | null; readonly original: unknown } | null;
    return { ...summaryOf(row), order: content?.order ?? null, original: content?.original ?? null };
  }
}

const summaryOf = (row: IncomingOrderRow): IncomingOrderSummary => ({
  incomingId: row.order_id,
  channelId: row.channel_id,
  number: row.order_number,
  way: row.way,
  state: row.state,
  shopState: row.shop_state,
  placedAt: row.placed_at,
  receivedAt: row.received_at,
  effect: row.effect,
  reason: row.reason,
  problems: row.problems,
  warnings: row.warnings,
  revision: row.revision,
  position: row.position,
});
