import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import { stockReader } from '../../stock.tokens';
import { readShortfalls } from './shortfalls.query';
import { Shortfall, ShortfallsQuery } from './shortfalls.requests';

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/shortfalls')
export class ShortfallsController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView('shortfalls')
  @ApiOperation({ operationId: 'listShortfalls', summary: 'Promises that were uncovered, whose they are, and what is still missing' })
  @ApiPage(Shortfall)
  async list(@Caller() { accountId }: Caller, @Query() query: ShortfallsQuery): Promise<Page<Shortfall>> {
    const list = `shortfalls ${accountId}`;
    const after = this.cursors.after<{ readonly position: string }>(list, query);
    const filter = { open: query.open ?? null, sku: query.sku ?? null, warehouseId: query.warehouseId ?? null };
    const rows = await readShortfalls(this.reader, accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: (row) => row, place: ({ position }) => ({ position }) });
  }
}
