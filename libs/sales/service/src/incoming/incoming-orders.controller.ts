import { Body, Controller, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import type { Handled } from '@stockproof/command-handling';
import { answer, IfMatch, knownProblems, Problems, UuidParam } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { IncomingOrderEvent, IncomingOrderRejection } from '@stockproof/sales-domain';
import type { FastifyReply } from 'fastify';
import { ReasonRequest } from '../orders/orders.requests';
import { incomingDeskToken } from '../sales.tokens';
import { correctionOf } from './correction';
import type { IncomingDesk } from './incoming-desk';
import { incomingOrderProblems } from './incoming-orders.problems';
import { AddressedIncoming, CorrectIncomingOrderRequest, IncomingAnswer } from './incoming-orders.requests';

@ApiTags('Incoming orders')
@Controller('v1/sales/accounts/:accountId/incoming-orders')
export class IncomingOrdersController {
  constructor(@Inject(incomingDeskToken) private readonly desk: IncomingDesk) {}

  @Put(':incomingId')
  @Requires('order:write')
  @ApiOperation({ operationId: 'correctIncomingOrder', summary: 'Set right what keeps an order from being taken, and try it again' })
  @ApiParam({ name: 'incomingId', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: IncomingAnswer })
  @Problems(incomingOrderProblems, knownProblems.preconditionFailed)
  async correct(
    @AddressedIncoming() { caller, incomingId }: AddressedIncoming,
    @IfMatch() expectedRevision: number | null,
    @Body() body: CorrectIncomingOrderRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncomingAnswer> {
    const options = { context: caller.context(), expectedRevision };
    return this.said(caller, incomingId, await this.desk.correct(caller.accountId, incomingId, correctionOf(body), options), reply);
  }

  @Post(':incomingId/retry')
  @HttpCode(200)
  @Requires('order:write')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'retryIncomingOrder', summary: 'Look at a waiting or ignored order once more, as it is' })
  @ApiOkResponse({ type: IncomingAnswer })
  @Problems(incomingOrderProblems)
  async retry(
    @Caller() caller: Caller,
    @UuidParam('incomingId') incomingId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncomingAnswer> {
    return this.said(caller, incomingId, await this.desk.retry(caller.accountId, incomingId, 'by hand', caller.context()), reply);
  }

  @Post(':incomingId/ignore')
  @HttpCode(200)
  @Requires('order:write')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'ignoreIncomingOrder', summary: 'Leave an order out, whatever its channel says of it from now on' })
  @ApiOkResponse({ type: IncomingAnswer })
  @Problems(incomingOrderProblems)
  async ignore(
    @Caller() caller: Caller,
    @UuidParam('incomingId') incomingId: string,
    @Body() { reason }: ReasonRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncomingAnswer> {
    return this.said(caller, incomingId, await this.desk.ignore(caller.accountId, incomingId, reason, caller.context()), reply);
  }

  private async said(
    { accountId }: Caller,
    incomingId: string,
    handled: Handled<IncomingOrderEvent, IncomingOrderRejection>,
    reply: FastifyReply,
  ): Promise<IncomingAnswer> {
    answer(handled, incomingOrderProblems, reply);
    const { state, problems } = await this.desk.standing(accountId, incomingId);
    return { incomingId, state, problems };
  }
}
