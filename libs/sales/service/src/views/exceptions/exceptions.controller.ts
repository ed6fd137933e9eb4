import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import {
  answer,
  ApiPage,
  AwaitsView,
  Cursors,
  knownProblems,
  ProblemException,
  Problems,
  UuidParam,
  type Page,
} from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { TenantReader } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { orderProblems } from '../../orders/orders.problems';
import { OrderAnswer } from '../../orders/orders.requests';
import type { SalesDesk } from '../../orders/sales-desk';
import { salesClock, salesDesk, salesReader } from '../../sales.tokens';
import { readException, readExceptions, type ExceptionPlace, type ExceptionRow } from './exceptions.query';
import { ExceptionsQuery, ResolveExceptionRequest, SalesException } from './exceptions.requests';

@ApiTags('Exceptions')
@Controller('v1/sales/accounts/:accountId/exceptions')
export class ExceptionsController {
  constructor(
    @Inject(salesReader) private readonly reader: TenantReader,
    @Inject(salesDesk) private readonly desk: SalesDesk,
    @Inject(salesClock) private readonly clock: Clock,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('exception:read')
  @AwaitsView('exceptions')
  @ApiOperation({ operationId: 'listSalesExceptions', summary: 'What went wrong with orders, in the order in which it last changed' })
  @ApiPage(SalesException)
  async list(@Caller() caller: Caller, @Query() query: ExceptionsQuery): Promise<Page<SalesException>> {
    const list = `sales-exceptions ${caller.accountId}`;
    const after = this.cursors.after<ExceptionPlace>(list, query);
    const filter = { open: query.open ?? null, kind: query.kind ?? null, orderId: query.orderId ?? null };
    const rows = await readExceptions(this.reader, caller.accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, {
      item: exceptionOf,
      place: ({ position, exception_id }) => ({ position, exceptionId: exception_id }),
    });
  }

  @Post(':exceptionId/resolve')
  @HttpCode(200)
  @Requires('exception:resolve')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'resolveSalesException', summary: 'Settle an exception with a reason; what failed can be tried once more' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async resolve(
    @Caller() caller: Caller,
    @UuidParam('exceptionId') exceptionId: string,
    @Body() { reason, again = false }: ResolveExceptionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    const found = await readException(this.reader, caller.accountId, exceptionId);
    if (found === null) throw new ProblemException(knownProblems.notFound);
    const { order_id: orderId, name: exception } = found;
    const handled = await this.desk.handle(
      caller.accountId,
      orderId,
      { type: 'SettleException', data: { orderId, exception, reason, again, now: this.clock.now() } },
      caller.context(),
    );
    const { revision, events } = answer(handled, orderProblems, reply);
    return { orderId, revision, events: events.map((event) => event.type) };
  }
}

const exceptionOf = (row: ExceptionRow): SalesException => ({
  exceptionId: row.exception_id,
  kind: row.kind,
  orderId: row.order_id,
  shipmentId: row.shipment_id,
  message: row.message,
  raisedAt: row.raised_at,
  settledAt: row.settled_at,
  settledBy: row.settled_by,
  reason: row.reason,
  position: row.position,
});
