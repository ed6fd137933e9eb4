import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';
import { countedBy, type Moments, type PastMoments } from '../../past/moments';
import { readPastLevels } from '../../past/past-levels.query';
import { ResolvedMoments, resolvedMoments } from '../../past/past.requests';
import { stockPast, stockReader } from '../../stock.tokens';
import { readLevels, type LevelFilter, type LevelPlace, type StockLevelRow } from './stock-levels.query';
import { LevelsQuery, StockLevel } from './stock-levels.requests';

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/levels')
export class StockLevelsController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    @Inject(stockPast) private readonly past: PastMoments,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView('stock-levels', 'stock-movements')
  @ApiOperation({
    operationId: 'listStockLevels',
    summary: 'What there is of each SKU, physical and virtual; with `asOf` or `knownAt`, what there was',
  })
  @ApiPage(StockLevel, { resolved: ResolvedMoments })
  async list(@Caller() { accountId }: Caller, @Query() query: LevelsQuery): Promise<LevelsPage> {
    const list = `stock-levels ${accountId}`;
    const filter = { skus: query.sku ?? null, warehouseId: query.warehouseId ?? null, kind: query.kind ?? null };
    if (query.asOf !== undefined || query.knownAt !== undefined) return this.listPast(list, accountId, query, filter);
    const after = this.cursors.after<LevelPlace>(list, query);
    const rows = await readLevels(this.reader, accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: levelOf, place: placeOf });
  }

  /** All pages of one question are about the same two places. */
  private async listPast(list: string, accountId: AccountId, query: LevelsQuery, filter: LevelFilter): Promise<LevelsPage> {
    const after = this.cursors.after<LevelPlace & { readonly moments: Moments }>(list, query);
    const moments = after?.moments ?? (await this.past.resolve(accountId, query, ['stock-movements']));
    const asked = { accountId, counted: countedBy(moments) };
    const rows = await readPastLevels(this.reader, asked, filter, { after, limit: query.limit });
    const page = this.cursors.page(list, query, rows, { item: levelOf, place: (row) => ({ ...placeOf(row), moments }) });
    return { ...page, resolved: resolvedMoments(moments) };
  }
}

type LevelsPage = Page<StockLevel> & { readonly resolved?: ResolvedMoments };

const placeOf = (row: StockLevelRow): LevelPlace => ({ skuKey: row.sku_key, warehouseId: row.warehouse_id });

const levelOf = ({ sku_key: _, warehouse_id, warehouse_code, ...row }: StockLevelRow): StockLevel => ({
  ...row,
  warehouseId: warehouse_id,
  warehouseCode: warehouse_code,
});
