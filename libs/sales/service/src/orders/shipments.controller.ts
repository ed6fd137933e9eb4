import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, knownProblems, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { Shipment } from '@stockproof/sales-domain';
import type { TenantReader } from '@stockproof/sql';
import { plusMs, saidOrNow, type Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import type { KnownAccount } from '../reference/known-account';
import { salesClock, salesDesk, salesKnownAccount, salesReader } from '../sales.tokens';
import { givesUpRest } from '../shipping/importing-updates';
import { readOrderOfShipment } from '../views/sales-orders/sales-orders.query';
import { notPhysical, placeToMoveTo, warehouseNotEnabled } from './moving-shipments';
import { fromTheFuture, orderProblems } from './orders.problems';
import { MoveShipmentRequest, OrderAnswer, ReasonRequest, ShipmentUpdateRequest } from './orders.requests';
import type { SalesDesk } from './sales-desk';

/** So much may a caller's clock be ahead of ours. */
const clockSlackMs = 5 * 60_000;

@ApiTags('Shipments')
@Controller('v1/sales/accounts/:accountId/shipments/:shipmentId')
export class ShipmentsController {
  constructor(
    @Inject(salesDesk) private readonly desk: SalesDesk,
    @Inject(salesReader) private readonly reader: TenantReader,
    @Inject(salesClock) private readonly clock: Clock,
    @Inject(salesKnownAccount) private readonly known: KnownAccount,
  ) {}

  @Post('cancel')
  @HttpCode(200)
  @Requires('order:cancel')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'cancelShipment', summary: 'Cancel a shipment, or ask the warehouse to, once it has taken it on' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems)
  async cancel(
    @Caller() caller: Caller,
    @UuidParam('shipmentId') shipmentId: string,
    @Body() { reason }: ReasonRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    const orderId = await this.orderOf(caller, shipmentId);
    const handled = await this.desk.handle(
      caller.accountId,
      orderId,
      { type: 'CancelShipment', data: { orderId, shipmentId, reason, now: this.clock.now() } },
      caller.context(),
    );
    const { revision, events } = answer(handled, orderProblems, reply);
    return { orderId, revision, events: events.map((event) => event.type) };
  }

  @Post('move')
  @HttpCode(200)
  @Requires('order:hold')
  @RequiresIdempotencyKey()
  @ApiOperation({
    operationId: 'moveShipment',
    summary: 'Let a shipment leave from another warehouse: it keeps its units until they are promised there',
    description:
      'Stock promises the same units at the other warehouse first; a warehouse that has taken the shipment on is then asked to give it ' +
      'back; only after that a new shipment takes its place. The order shows how far it has come, and why it was refused.',
  })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems, warehouseNotEnabled, notPhysical)
  async move(
    @Caller() caller: Caller,
    @UuidParam('shipmentId') shipmentId: string,
    @Body() { toWarehouseId, reason }: MoveShipmentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    const orderId = await this.orderOf(caller, shipmentId);
    const to = await placeToMoveTo(this.known, caller.accountId, toWarehouseId);
    const handled = await this.desk.handle(
      caller.accountId,
      orderId,
      { type: 'MoveShipment', data: { orderId, shipmentId, to, reason, now: this.clock.now() } },
      caller.context(),
    );
    const { revision, events } = answer(handled, orderProblems, reply);
    return { orderId, revision, events: events.map((event) => event.type) };
  }

  @Post('updates')
  @HttpCode(200)
  @Requires('order:mark-shipped')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'updateShipment', summary: 'Say by hand what has left, where no warehouse system does' })
  @ApiOkResponse({ type: OrderAnswer })
  @Problems(orderProblems, fromTheFuture)
  async update(
    @Caller() caller: Caller,
    @UuidParam('shipmentId') shipmentId: string,
    @Body() body: ShipmentUpdateRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderAnswer> {
    const orderId = await this.orderOf(caller, shipmentId);
    const context = caller.context();
    const now = this.clock.now();
    const shipment = (await this.desk.orderOf(caller.accountId, orderId)).shipments.get(shipmentId);
    const at = saidOrNow(body.happenedAt, this.clock);
    if (at > plusMs(now, clockSlackMs)) throw new ProblemException(fromTheFuture);
    const packages =
      body.tracking === undefined
        ? []
        : [{ packageId: body.tracking, tracking: body.tracking, carrier: body.carrier ?? null, service: null, weightG: null }];
    const update = {
      orderId,
      shipmentId,
      updateId: context.commandId,
      at,
      packages,
      conflicts: [],
      closedShort: body.closedShort ?? false,
      cancelled: false,
      giveUpRest: await givesUpRest(this.known, caller.accountId),
      now,
    };
    const handled = await this.desk.handle(
      caller.accountId,
      orderId,
      { type: 'RecordShipmentUpdate', data: { ...update, lines: linesOf(shipment, body) } },
      context,
    );
    const { revision, events } = answer(handled, orderProblems, reply);
    return { orderId, revision, events: events.map((event) => event.type) };
  }

  private async orderOf({ accountId }: Caller, shipmentId: string): Promise<string> {
    const orderId = await readOrderOfShipment(this.reader, accountId, shipmentId);
    if (orderId === null) throw new ProblemException(knownProblems.notFound);
    return orderId;
  }
}

/** Line n of a shipment is its n-th unit; what it does not have is a conflict that the order records. */
const linesOf = (shipment: Shipment | undefined, { lines }: ShipmentUpdateRequest) =>
  lines.map(({ lineNumber, shipped }) => {
    const unit = shipment?.units[lineNumber - 1];
    return { lineId: unit?.lineId ?? `unknown-${lineNumber}`, sku: unit?.sku ?? '', shipped };
  });
