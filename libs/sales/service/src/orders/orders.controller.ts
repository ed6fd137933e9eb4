import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import type { Handled } from '@stockproof/command-handling';
import { answer, type Problem, ProblemException, Problems, setRevision, UuidParam } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { SalesOrderEvent, SalesOrderRejection } from '@stockproof/sales-domain';
import { instantOf, type Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { salesClock, salesDesk } from '../sales.tokens';
import { newOrderOf } from './new-order';
import { orderProblems, unknownChannel, unknownSkus, unknownWarehouse } from './orders.problems';
import { CreateOrderRequest, HoldRequest, MarkShippedRequest, OrderAnswer, ReasonRequest, ReleaseRequest } from './orders.requests';
import type { SalesDesk, Unknown } from './sales-desk';

@ApiTags('Sales orders')
@Controller('v1/sales/accounts/:accountId/sales-orders')
export class OrdersController {
  constructor(
    @Inject(salesDesk) private readonly desk: SalesDesk,
    @Inject(salesClock) private readonly clock: Clock,
  ) {}

  @Post()
  @Requires('order:write')
  @RequiresIdempotencyKey()
  @ApiOperation({
    operationId: 'createSalesOrder',
    summary: 'Take an order; with the automatic workflow it goes straight on to allocation',
  })
  @ApiCreatedResponse({ type: OrderAnswer })
  @Problems(orderProblems, unknownSkus, unknownChannel, unknownWarehouse)
  async create(
    @Caller() caller: Caller,
    @Body() body: CreateOrderRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    const created = await this.desk.create(caller.accountId, newOrderOf(body, this.clock), caller.context());
    const { orderId } = created;
    if (created.unknown !== null) throw notKnown(body, created.unknown);
    const { handled } = created;
    // The natural key knows it: the same order again is the same order.
    if (handled.outcome === 'rejected' && handled.rejection.type === 'SalesOrderAlreadyCreated') {
      setRevision(reply, handled.revision);
      return { orderId, revision: handled.revision, events: [] };
    }
    return this.said(orderId, handled, reply);
  }

  @Post(':orderId/approve')
  @HttpCode(200)
  @Requires('order:approve')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'approveSalesOrder', summary: 'Approve a draft' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async approve(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    return this.said(
      orderId,
      await this.desk.withTerms(
        caller.accountId,
        orderId,
        (terms, now) => ({ type: 'ApproveSalesOrder', data: { orderId, terms, now } }),
        caller.context(),
      ),
      reply,
    );
  }

  @Post(':orderId/unlock')
  @HttpCode(200)
  @Requires('order:write')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'unlockSalesOrder', summary: 'Make an approved order a draft again' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async unlock(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    return this.said(
      orderId,
      await this.desk.handle(
        caller.accountId,
        orderId,
        { type: 'UnlockSalesOrder', data: { orderId, now: this.clock.now() } },
        caller.context(),
      ),
      reply,
    );
  }

  @Post(':orderId/allocate')
  @HttpCode(200)
  @Requires('order:approve')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'allocateSalesOrder', summary: 'Ask stock for what is open' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async allocate(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    return this.said(
      orderId,
      await this.desk.withTerms(
        caller.accountId,
        orderId,
        (terms, now) => ({ type: 'AllocateSalesOrder', data: { orderId, terms, now } }),
        caller.context(),
      ),
      reply,
    );
  }

  @Post(':orderId/hold')
  @HttpCode(200)
  @Requires('order:hold')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'holdSalesOrder', summary: 'Keep stock for the order without sending it' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async hold(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Body() body: HoldRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    const releaseAt = body.releaseAt === undefined ? null : instantOf(body.releaseAt);
    const held = await this.desk.hold(caller.accountId, { orderId, reason: body.reason, releaseAt }, caller.context());
    return this.said(orderId, held, reply);
  }

  @Post(':orderId/release')
  @HttpCode(200)
  @Requires('order:hold')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'releaseSalesOrder', summary: 'End a hold: send the order, or edit it' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async release(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Body() { to }: ReleaseRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    return this.said(
      orderId,
      await this.desk.withTerms(
        caller.accountId,
        orderId,
        (terms, now) => ({ type: 'ReleaseHold', data: { orderId, to, terms, byTimer: false, now } }),
        caller.context(),
      ),
      reply,
    );
  }

  @Post(':orderId/cancel')
  @HttpCode(200)
  @Requires('order:cancel')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'cancelSalesOrder', summary: 'Cancel an order without live shipments' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async cancel(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Body() { reason }: ReasonRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    return this.said(
      orderId,
      await this.desk.handle(
        caller.accountId,
        orderId,
        { type: 'CancelSalesOrder', data: { orderId, reason, now: this.clock.now() } },
        caller.context(),
      ),
      reply,
    );
  }

  @Post(':orderId/mark-shipped')
  @HttpCode(200)
  @Requires('order:mark-shipped')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'markSalesOrderShipped', summary: 'Say of all open shipments that they left, or did not' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async markShipped(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Body() { reason, left }: MarkShippedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    return this.said(
      orderId,
      await this.desk.handle(
        caller.accountId,
        orderId,
        { type: 'MarkAsShipped', data: { orderId, reason, left, now: this.clock.now() } },
        caller.context(),
      ),
      reply,
    );
  }

  private said(orderId: string, handled: Handled<SalesOrderEvent, SalesOrderRejection>, reply: FastifyReply): OrderAnswer {
    const { revision, events } = answer(handled, orderProblems, reply);
    return { orderId, revision, events: events.map((event) => event.type) };
  }
}

/** Names everything that is not known; the first of it gives the refusal its code. */
const notKnown = ({ warehouseId, lines }: CreateOrderRequest, { skus, isChannelUnknown, warehouseIds }: Unknown): ProblemException => {
  const of = ({ code, title }: Problem, pointer: string, message = title) => ({ pointer, code, message });
  const isUnknown = (id: string | undefined): boolean => id !== undefined && warehouseIds.includes(id);
  const errors = [
    ...lines.flatMap(({ sku }, index) =>
      skus.includes(sku.trim()) ? [of(unknownSkus, `/lines/${index}/sku`, `${sku} is not known`)] : [],
    ),
    ...(isChannelUnknown ? [of(unknownChannel, '/channelId')] : []),
    ...(isUnknown(warehouseId) ? [of(unknownWarehouse, '/warehouseId')] : []),
    ...lines.flatMap((line, index) => (isUnknown(line.warehouseId) ? [of(unknownWarehouse, `/lines/${index}/warehouseId`)] : [])),
  ];
  const refusal = skus.length > 0 ? unknownSkus : isChannelUnknown ? unknownChannel : unknownWarehouse;
  return new ProblemException({ ...refusal, errors });
};
