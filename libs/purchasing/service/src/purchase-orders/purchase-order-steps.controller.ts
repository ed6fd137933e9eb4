import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@stockproof/access';
import type { Channels } from '@stockproof/channel-directory';
import { knownProblems, ProblemException, Problems } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import type { PurchaseOrderHandler } from '../purchasing.streams';
import { purchaseOrdersToken, purchasingChannels, purchasingClock, purchasingKnown } from '../purchasing.tokens';
import type { KnownAccounts } from '../reference/known-account';
import { tellWarehouseSoon } from '../warehouses/warehouse-jobs';
import { mustTakeOrders } from './ordering-for-warehouses';
import { dependencyMissing, notPhysical, purchaseOrderProblems, warehouseNotEnabled } from './purchase-orders.problems';
import { AddressedOrder, CancelRequest, PurchaseOrderWritten } from './purchase-orders.requests';
import { latestContent, writeOrder } from './writing-orders';

@ApiTags('Purchase orders')
@Controller('v1/purchasing/accounts/:accountId/purchase-orders/:purchaseOrderId')
export class PurchaseOrderStepsController {
  constructor(
    @Inject(purchaseOrdersToken) private readonly orders: PurchaseOrderHandler,
    @Inject(purchasingKnown) private readonly known: KnownAccounts,
    @Inject(purchasingClock) private readonly clock: Clock,
    @Inject(purchasingChannels) private readonly channels: Channels,
  ) {}

  @Post('approve')
  @HttpCode(200)
  @Requires('purchase-order:approve')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'approvePurchaseOrder', summary: 'Lock the lines and expect the goods' })
  @ApiOkResponse({ type: PurchaseOrderWritten })
  @Problems(purchaseOrderProblems, dependencyMissing, notPhysical, warehouseNotEnabled)
  async approve(@AddressedOrder() order: AddressedOrder, @Res({ passthrough: true }) reply: FastifyReply): Promise<PurchaseOrderWritten> {
    const { caller, purchaseOrderId } = order;
    const content = await latestContent(this.orders, order);
    if (content === null) throw new ProblemException(knownProblems.notFound);
    await mustTakeOrders(this.known, caller.accountId, content.warehouseId);
    const command = { type: 'ApprovePurchaseOrder', data: { purchaseOrderId, now: this.clock.now() } } as const;
    const { summary } = await writeOrder(this.orders, order, { command }, reply);
    await tellWarehouseSoon(this.channels, caller.accountId, content.warehouseId);
    return summary;
  }

  @Post('unlock')
  @HttpCode(200)
  @Requires('purchase-order:approve')
  @RequiresIdempotencyKey()
  @ApiOperation({
    operationId: 'unlockPurchaseOrder',
    summary: 'Take an approval back while nothing has come and the warehouse was not told',
  })
  @ApiOkResponse({ type: PurchaseOrderWritten })
  @Problems(purchaseOrderProblems)
  async unlock(@AddressedOrder() order: AddressedOrder, @Res({ passthrough: true }) reply: FastifyReply): Promise<PurchaseOrderWritten> {
    const command = { type: 'UnlockPurchaseOrder', data: { purchaseOrderId: order.purchaseOrderId, now: this.clock.now() } } as const;
    return (await writeOrder(this.orders, order, { command }, reply)).summary;
  }

  @Post('cancel')
  @HttpCode(200)
  @Requires('purchase-order:cancel')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'cancelPurchaseOrder', summary: 'Call off an order of which nothing has come; the warehouse is told' })
  @ApiOkResponse({ type: PurchaseOrderWritten })
  @Problems(purchaseOrderProblems)
  async cancel(
    @AddressedOrder() order: AddressedOrder,
    @Body() { reason }: CancelRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PurchaseOrderWritten> {
    const command = {
      type: 'CancelPurchaseOrder',
      data: { purchaseOrderId: order.purchaseOrderId, reason, now: this.clock.now() },
    } as const;
    const { summary } = await writeOrder(this.orders, order, { command }, reply);
    const content = await latestContent(this.orders, order);
    if (content !== null) await tellWarehouseSoon(this.channels, order.caller.accountId, content.warehouseId);
    return summary;
  }
}
