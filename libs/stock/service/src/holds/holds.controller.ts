import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { TenantReader } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { mustBePhysical } from '../items/item-writes';
import { notPhysical, warehouseNotEnabled } from '../items/items.problems';
import type { StockStreams } from '../stock.streams';
import { stockClock, stockReader, stockStreamsToken } from '../stock.tokens';
import { allocationProblems, noRoomThere } from './holds.problems';
import { HeldUnits, MoveHoldRequest } from './holds.requests';
import { moveHold } from './moving-holds';

@ApiTags('Holds')
@Controller('v1/stock/accounts/:accountId/holds')
export class HoldsController {
  constructor(
    @Inject(stockStreamsToken) private readonly streams: StockStreams,
    @Inject(stockReader) private readonly reader: TenantReader,
    @Inject(stockClock) private readonly clock: Clock,
  ) {}

  @Post(':orderId/move')
  @HttpCode(200)
  @Requires('order:hold')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'moveHold', summary: 'Move what an order on hold keeps to another warehouse, in one decision' })
  @ApiOkResponse({ type: HeldUnits })
  @Problems(allocationProblems, noRoomThere, notPhysical, warehouseNotEnabled)
  async move(
    @Caller() caller: Caller,
    @UuidParam('orderId') orderId: string,
    @Body() body: MoveHoldRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HeldUnits> {
    await mustBePhysical(this.reader, caller.accountId, body.toWarehouseId);
    const move = { orderId, from: body.fromWarehouseId, to: body.toWarehouseId, lineIds: body.lineIds ?? null };
    const { decided, attempt } = await moveHold({ streams: this.streams, clock: this.clock }, caller.accountId, move, caller.context());
    answer(decided, allocationProblems, reply);
    // A record means that the rule planned anew: the other warehouse had too little.
    if (!attempt?.lastPlan || attempt.lastPlan.record !== null) throw new ProblemException(noRoomThere);
    return { attempt: attempt.attempt, units: attempt.lastPlan.units.map(({ unchecked: _, ...unit }) => unit) };
  }
}
