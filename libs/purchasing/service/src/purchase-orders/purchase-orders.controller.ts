import { Body, Controller, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import type { Channels } from '@stockproof/channel-directory';
import { knownProblems, Problems, RequiredIfMatch } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { Content } from '@stockproof/purchasing-domain';
import { derivedId, instantOf, type Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import type { PurchaseOrderHandler } from '../purchasing.streams';
import { purchaseOrdersToken, purchasingChannels, purchasingClock, purchasingKnown } from '../purchasing.tokens';
import type { KnownAccounts } from '../reference/known-account';
import { tellWarehouseSoon } from '../warehouses/warehouse-jobs';
import { mustTakeOrders } from './ordering-for-warehouses';
import { dependencyMissing, notPhysical, purchaseOrderProblems, warehouseNotEnabled } from './purchase-orders.problems';
import { AddressedOrder, PurchaseOrderContent, PurchaseOrderRequest, PurchaseOrderWritten } from './purchase-orders.requests';
import { writeOrder } from './writing-orders';

@ApiTags('Purchase orders')
@Controller('v1/purchasing/accounts/:accountId/purchase-orders')
export class PurchaseOrdersController {
  constructor(
    @Inject(purchaseOrdersToken) private readonly orders: PurchaseOrderHandler,
    @Inject(purchasingKnown) private readonly known: KnownAccounts,
    @Inject(purchasingClock) private readonly clock: Clock,
    @Inject(purchasingChannels) private readonly channels: Channels,
  ) {}

  @Post()
  @Requires('purchase-order:write')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'createPurchaseOrder', summary: 'Order goods; approved at once where the account works automatically' })
  @ApiCreatedResponse({ type: PurchaseOrderWritten })
  @Problems(purchaseOrderProblems, dependencyMissing, notPhysical, warehouseNotEnabled)
  async create(
    @Caller() caller: Caller,
    @Body() body: PurchaseOrderRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PurchaseOrderWritten> {
    await mustTakeOrders(this.known, caller.accountId, body.warehouseId);
    const purchaseOrderId = derivedId('purchase order', caller.accountId, caller.context().commandId);
    const approved = !body.draft && (await this.known.worksAutomatically(caller.accountId));
    const command = {
      type: 'CreatePurchaseOrder',
      data: { purchaseOrderId, content: contentOf(body, purchaseOrderId), approved, now: this.clock.now() },
    } as const;
    const { summary } = await writeOrder(this.orders, { caller, purchaseOrderId }, { command }, reply);
    if (approved) await tellWarehouseSoon(this.channels, caller.accountId, command.data.content.warehouseId);
    return summary;
  }

  @Put(':purchaseOrderId')
  @Requires('purchase-order:write')
  @ApiOperation({ operationId: 'correctPurchaseOrder', summary: 'Replace what a draft says' })
  @ApiOkResponse({ type: PurchaseOrderWritten })
  @Problems(
    purchaseOrderProblems,
    dependencyMissing,
    notPhysical,
    warehouseNotEnabled,
    knownProblems.preconditionRequired,
    knownProblems.preconditionFailed,
  )
  async correct(
    @AddressedOrder() order: AddressedOrder,
    @RequiredIfMatch() expectedRevision: number | null,
    @Body() body: PurchaseOrderContent,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PurchaseOrderWritten> {
    const { caller, purchaseOrderId } = order;
    await mustTakeOrders(this.known, caller.accountId, body.warehouseId);
    const command = {
      type: 'CorrectPurchaseOrder',
      data: { purchaseOrderId, content: contentOf(body, purchaseOrderId), now: this.clock.now() },
    } as const;
    return (await writeOrder(this.orders, order, { command, expectedRevision }, reply)).summary;
  }
}

const contentOf = (
  { number, supplier, warehouseId, expectedAt, cancelAfter, reference, lines }: PurchaseOrderContent,
  purchaseOrderId: string,
): Content => ({
  number: number ?? `PO-${purchaseOrderId.slice(-8).toUpperCase()}`,
  supplier: { code: supplier.code, name: supplier.name },
  warehouseId,
  expectedAt: expectedAt === undefined ? null : instantOf(expectedAt),
  cancelAfter: cancelAfter === undefined ? null : instantOf(cancelAfter),
  reference: reference ?? null,
  lines: lines.map(({ sku, quantity, lot, serial }, index) => ({
    lineId: String(index + 1),
    sku: sku.trim(),
    quantity,
    lot: lot ?? null,
    serial: serial ?? null,
  })),
});
