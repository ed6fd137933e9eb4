import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import { stockReader } from '../../stock.tokens';
import { readDiscrepancies, type DiscrepancyPlace } from './discrepancies.query';
import { DiscrepanciesQuery, Discrepancy } from './discrepancies.requests';

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/discrepancies')
export class DiscrepanciesController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView('discrepancies')
  @ApiOperation({
    operationId: 'listDiscrepancies',
    summary: 'What reports of levels said that no known flow explains, in the order found',
  })
  @ApiPage(Discrepancy)
  async list(@Caller() { accountId }: Caller, @Query() query: DiscrepanciesQuery): Promise<Page<Discrepancy>> {
    const list = `discrepancies ${accountId}`;
    const after = this.cursors.after<DiscrepancyPlace>(list, query);
    const filter = { open: query.open ?? null, sku: query.sku ?? null, warehouseId: query.warehouseId ?? null };
    const rows = await readDiscrepancies(this.reader, accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, {
      item: ({ skuKey: _, ...row }) => row,
      place: ({ position, skuKey, warehouseId, takenAt }) => ({ position, skuKey, warehouseId, takenAt }),
    });
  }
}
