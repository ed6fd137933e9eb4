import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, Problems } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { TenantReader } from '@stockproof/sql';
import type { ItemCommand } from '@stockproof/stock-domain';
import { instantOf } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import type { Reporting } from '../level-reports/reporting-levels';
import { withQuiet } from '../level-reports/spoken-of';
import { itemStream } from '../stock.streams';
import { levelReporting, stockReader } from '../stock.tokens';
import { mustBeNoBundle, mustBePhysical } from './item-writes';
import { isABundle, itemProblems, notPhysical, warehouseNotEnabled } from './items.problems';
import { StockAdjustment, StockSetAsideRequest, StockWritten } from './items.requests';

@ApiTags('Stock writes')
@Controller('v1/stock/accounts/:accountId')
export class ItemsController {
  constructor(
    @Inject(levelReporting) private readonly reporting: Reporting,
    @Inject(stockReader) private readonly reader: TenantReader,
  ) {}

  @Post('adjustments')
  @Requires('stock:adjust')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'adjustStock', summary: 'Correct what is physically there, by a difference' })
  @ApiCreatedResponse({ type: StockWritten })
  @Problems(itemProblems, notPhysical, warehouseNotEnabled, isABundle)
  async adjust(
    @Caller() caller: Caller,
    @Body() body: StockAdjustment,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockWritten> {
    const { sku, warehouseId, by, reason, note = null, reference = null } = body;
    return this.write(caller, body, reply, async () => ({
      type: 'AdjustStock',
      data: await this.happened(caller, body, { sku, warehouseId, by, reason, note, reference }),
    }));
  }

  @Post('set-asides')
  @Requires('stock:adjust')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'setAsideStock', summary: 'Take goods off sale that stay in the warehouse, or put them back' })
  @ApiCreatedResponse({ type: StockWritten })
  @Problems(itemProblems, notPhysical, warehouseNotEnabled, isABundle)
  async setAside(
    @Caller() caller: Caller,
    @Body() body: StockSetAsideRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockWritten> {
    const { sku, warehouseId, by, reason, reference = null } = body;
    return this.write(caller, body, reply, async () => ({
      type: 'SetAsideStock',
      data: await this.happened(caller, body, { sku, warehouseId, by, reason, reference }),
    }));
  }

  /** What is said to have happened earlier may have been counted since. */
  private happened<Said extends { readonly sku: string; readonly warehouseId: string }>(
    { accountId }: Caller,
    { happenedAt }: { readonly happenedAt?: string },
    said: Said,
  ) {
    const { clock, spokenOf } = this.reporting;
    const now = clock.now();
    return withQuiet(spokenOf, accountId, { ...said, at: happenedAt === undefined ? now : instantOf(happenedAt), now });
  }

  private async write(
    caller: Caller,
    { sku, warehouseId }: { readonly sku: string; readonly warehouseId: string },
    reply: FastifyReply,
    command: () => Promise<ItemCommand>,
  ): Promise<StockWritten> {
    await mustBePhysical(this.reader, caller.accountId, warehouseId);
    await mustBeNoBundle(this.reporting.bundles, caller.accountId, sku);
    const asked = await command();
    const handled = await this.reporting.streams.items.handle(itemStream(caller.accountId, asked.data.sku), asked, caller.context());
    const { revision, events } = answer(handled, itemProblems, reply);
    return { revision, events: events.map((event) => event.type) };
  }
}
