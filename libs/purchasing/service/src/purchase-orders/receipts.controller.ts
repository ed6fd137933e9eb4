import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@stockproof/access';
import { Problems } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { PurchaseOrderEvent } from '@stockproof/purchasing-domain';
import { saidOrNow, type Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import type { PurchaseOrderHandler } from '../purchasing.streams';
import { purchaseOrdersToken, purchasingClock, purchasingKnown } from '../purchasing.tokens';
import type { KnownAccounts } from '../reference/known-account';
import { receiptsAreFinal } from './ordering-for-warehouses';
import { purchaseOrderProblems } from './purchase-orders.problems';
import {
  AddressedOrder,
  MarkReceivedRequest,
  PurchaseOrderWritten,
  ReceiptRequest,
  ReceiptWritten,
  type WarningOfReceipt,
} from './purchase-orders.requests';
import { latestContent, writeOrder } from './writing-orders';

@ApiTags('Purchase orders')
@Controller('v1/purchasing/accounts/:accountId/purchase-orders/:purchaseOrderId')
export class ReceiptsController {
  constructor(
    @Inject(purchaseOrdersToken) private readonly orders: PurchaseOrderHandler,
    @Inject(purchasingKnown) private readonly known: KnownAccounts,
    @Inject(purchasingClock) private readonly clock: Clock,
  ) {}

  @Post('receipts')
  @Requires('purchase-order:receive')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'receiveGoods', summary: 'Book goods that came; more than ordered is booked too, with a warning' })
  @ApiCreatedResponse({ type: ReceiptWritten })
  @Problems(purchaseOrderProblems)
  async receive(
    @AddressedOrder() order: AddressedOrder,
    @Body() body: ReceiptRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptWritten> {
    const { purchaseOrderId } = order;
    const lines = body.lines.map(({ line, lineId = null, sku, quantity }, index) => ({
      line: line ?? String(index + 1),
      lineId,
      sku,
      quantity,
    }));
    const final = body.final ?? (await this.finalByChannel(order));
    const { receiptId, receivedAt } = body;
    const command = {
      type: 'ReceiveGoods',
      data: { purchaseOrderId, receiptId, at: saidOrNow(receivedAt, this.clock), final, assigned: false, lines, now: this.clock.now() },
    } as const;
    const { summary, events } = await writeOrder(this.orders, order, { command }, reply);
    return { ...summary, warnings: events.flatMap(warningsIn) };
  }

  @Post('mark-received')
  @HttpCode(200)
  @Requires('purchase-order:receive')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'markPurchaseOrderReceived', summary: 'End an order by hand: book the rest, or close it short' })
  @ApiOkResponse({ type: PurchaseOrderWritten })
  @Problems(purchaseOrderProblems)
  async markReceived(
    @AddressedOrder() order: AddressedOrder,
    @Body() body: MarkReceivedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PurchaseOrderWritten> {
    const { rest, reason = null, receivedAt } = body;
    const command = {
      type: 'MarkAsReceived',
      data: { purchaseOrderId: order.purchaseOrderId, rest, reason, at: saidOrNow(receivedAt, this.clock), now: this.clock.now() },
    } as const;
    return (await writeOrder(this.orders, order, { command }, reply)).summary;
  }

  private async finalByChannel(order: AddressedOrder): Promise<boolean> {
    const content = await latestContent(this.orders, order);
    return content !== null && receiptsAreFinal(this.known, order.caller.accountId, content.warehouseId);
  }
}

const warningsIn = ({ type, data }: PurchaseOrderEvent): readonly WarningOfReceipt[] => {
  if (type === 'ReceiptBooked') return data.warnings;
  return type === 'ReceiptNotUnderstood' ? data.lines.map(({ line, because }) => ({ code: because, line })) : [];
};
