import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import { stockReader } from '../../stock.tokens';
import { readLevels, type LevelPlace, type StockLevelRow } from './stock-levels.query';
import { LevelsQuery, StockLevel } from './stock-levels.requests';

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/levels')
export class StockLevelsController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView('stock-levels')
  @ApiOperation({ operationId: 'listStockLevels', summary: 'What there is of each SKU, physical and virtual' })
  @ApiPage(StockLevel)
  async list(@Caller() caller: Caller, @Query() query: LevelsQuery): Promise<Page<StockLevel>> {
    const list = `stock-levels ${caller.accountId}`;
    const after = this.cursors.after<LevelPlace>(list, query);
    const filter = { skus: query.sku ?? null, warehouseId: query.warehouseId ?? null, kind: query.kind ?? null };
    const rows = await readLevels(this.reader, caller.accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, {
      item: levelOf,
      place: (row) => ({ skuKey: row.sku_key, warehouseId: row.warehouse_id }),
    });
  }
}

const levelOf = ({ sku_key: _, warehouse_id, warehouse_code, ...row }: StockLevelRow): StockLevel => ({
  ...row,
  warehouseId: warehouse_id,
  warehouseCode: warehouse_code,
});
