import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import type { Moments, PastMoments } from '../../past/moments';
import { ResolvedMoments, resolvedMoments } from '../../past/past.requests';
import { stockPast, stockReader } from '../../stock.tokens';
import { readPromises, type PromisePlace, type StockPromiseRow } from './stock-promises.query';
import { PromisesQuery, StockPromise } from './stock-promises.requests';

const views = ['stock-movements', 'stock-promises', 'allocations'] as const;

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/levels/promises')
export class StockPromisesController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    @Inject(stockPast) private readonly past: PastMoments,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView(...views)
  @ApiOperation({
    operationId: 'listStockPromises',
    summary: 'Which orders have the allocated and held units of a SKU, or had them then: they add up to its figures',
  })
  @ApiPage(StockPromise, { resolved: ResolvedMoments })
  async list(@Caller() { accountId }: Caller, @Query() query: PromisesQuery): Promise<Page<StockPromise> & { resolved: ResolvedMoments }> {
    const list = `stock-promises ${accountId}`;
    const after = this.cursors.after<PromisePlace & { readonly moments: Moments }>(list, query);
    const moments = after?.moments ?? (await this.past.resolve(accountId, query, views));
    const filter = { sku: query.sku, warehouseId: query.warehouseId ?? null };
    const rows = await readPromises(this.reader, { accountId, moments }, filter, { after, limit: query.limit });
    const page = this.cursors.page(list, query, rows, { item: promiseOf, place: (row) => ({ ...placeOf(row), moments }) });
    return { ...page, resolved: resolvedMoments(moments) };
  }
}

const placeOf = (row: StockPromiseRow): PromisePlace => ({
  warehouseId: row.warehouse_id,
  allocationId: row.allocation_id,
  kind: row.kind,
});

const promiseOf = (row: StockPromiseRow): StockPromise => ({
  sku: row.sku,
  warehouseId: row.warehouse_id,
  warehouseCode: row.warehouse_code,
  orderId: row.order_id,
  orderNumber: row.order_number,
  attempt: row.attempt,
  lineId: row.line_id,
  shipmentId: row.shipment_id,
  allocationId: row.allocation_id,
  kind: row.kind,
  quantity: row.quantity,
  promisedAt: row.promised_at,
});
