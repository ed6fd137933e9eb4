import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, Problems } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { TenantReader } from '@stockproof/sql';
import type { ItemCommand } from '@stockproof/stock-domain';
import { saidOrNow, type Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { itemStream, type StockStreams } from '../stock.streams';
import { stockClock, stockReader, stockStreamsToken } from '../stock.tokens';
import { mustBePhysical } from './item-writes';
import { itemProblems, notPhysical, warehouseNotEnabled } from './items.problems';
import { StockAdjustment, StockSetAsideRequest, StockWritten } from './items.requests';

@ApiTags('Stock writes')
@Controller('v1/stock/accounts/:accountId')
export class ItemsController {
  constructor(
    @Inject(stockStreamsToken) private readonly streams: StockStreams,
    @Inject(stockReader) private readonly reader: TenantReader,
    @Inject(stockClock) private readonly clock: Clock,
  ) {}

  @Post('adjustments')
  @Requires('stock:adjust')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'adjustStock', summary: 'Correct what is physically there, by a difference' })
  @ApiCreatedResponse({ type: StockWritten })
  @Problems(itemProblems, notPhysical, warehouseNotEnabled)
  async adjust(
    @Caller() caller: Caller,
    @Body() body: StockAdjustment,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockWritten> {
    const { sku, warehouseId, by, reason, note = null, reference = null } = body;
    const at = saidOrNow(body.happenedAt, this.clock);
    return this.write(
      caller,
      { type: 'AdjustStock', data: { sku, warehouseId, by, reason, note, reference, at, now: this.clock.now() } },
      warehouseId,
      reply,
    );
  }

  @Post('set-asides')
  @Requires('stock:adjust')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'setAsideStock', summary: 'Take goods off sale that stay in the warehouse, or put them back' })
  @ApiCreatedResponse({ type: StockWritten })
  @Problems(itemProblems, notPhysical, warehouseNotEnabled)
  async setAside(
    @Caller() caller: Caller,
    @Body() body: StockSetAsideRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockWritten> {
    const { sku, warehouseId, by, reason, reference = null } = body;
    const at = saidOrNow(body.happenedAt, this.clock);
    return this.write(
      caller,
      { type: 'SetAsideStock', data: { sku, warehouseId, by, reason, reference, at, now: this.clock.now() } },
      warehouseId,
      reply,
    );
  }

  private async write(caller: Caller, command: ItemCommand, warehouseId: string, reply: FastifyReply): Promise<StockWritten> {
    await mustBePhysical(this.reader, caller.accountId, warehouseId);
    const handled = await this.streams.items.handle(itemStream(caller.accountId, command.data.sku), command, caller.context());
    const { revision, events } = answer(handled, itemProblems, reply);
    return { revision, events: events.map((event) => event.type) };
  }
}
