import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import { stockReader } from '../../stock.tokens';
import { readMovements, type MovementPlace, type StockMovementRow } from './stock-movements.query';
import { MovementsQuery, StockMovement } from './stock-movements.requests';

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/movements')
export class StockMovementsController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView('stock-movements')
  @ApiOperation({ operationId: 'listStockMovements', summary: 'Every change of stock with its cause, in the order it was recorded' })
  @ApiPage(StockMovement)
  async list(@Caller() caller: Caller, @Query() query: MovementsQuery): Promise<Page<StockMovement>> {
    const list = `stock-movements ${caller.accountId}`;
    const after = this.cursors.after<MovementPlace>(list, query);
    const filter = { sku: query.sku ?? null, warehouseId: query.warehouseId ?? null, orderId: query.orderId ?? null };
    const rows = await readMovements(this.reader, caller.accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: movementOf, place: ({ position, ordinal }) => ({ position, ordinal }) });
  }
}

const movementOf = ({
  ordinal: _,
  event_id,
  warehouse_id,
  effective_at,
  recorded_at,
  order_id,
  ...row
}: StockMovementRow): StockMovement => ({
  ...row,
  eventId: event_id,
  warehouseId: warehouse_id,
  effectiveAt: effective_at,
  recordedAt: recorded_at,
  orderId: order_id,
});
