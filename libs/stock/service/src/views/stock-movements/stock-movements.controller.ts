import { Controller, Get, Inject, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';
import type { PastMoments } from '../../past/moments';
import { stockPast, stockReader } from '../../stock.tokens';
import { filterOf, movementOf } from './movement';
import { movementFiles, streamOf } from './movements-file';
import { readMovements, type MovementFilter, type MovementPlace, type StockMovementRow } from './stock-movements.query';
import { MovementsExportQuery, MovementsQuery, StockMovement } from './stock-movements.requests';

const exportedAtOnce = 1_000;

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/movements')
export class StockMovementsController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    @Inject(stockPast) private readonly past: PastMoments,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView('stock-movements')
  @ApiOperation({
    operationId: 'listStockMovements',
    summary: 'Every change of stock with its cause and the figures before and after, in the order it was recorded',
  })
  @ApiPage(StockMovement)
  async list(@Caller() caller: Caller, @Query() query: MovementsQuery): Promise<Page<StockMovement>> {
    const list = `stock-movements ${caller.accountId}`;
    const after = this.cursors.after<MovementPlace>(list, query);
    const rows = await readMovements(this.reader, caller.accountId, filterOf(query), { after, rows: query.limit + 1 });
    return this.cursors.page(list, query, rows, { item: movementOf, place: placeOf });
  }

  @Get('export')
  @Requires('stock:read')
  @AwaitsView('stock-movements')
  @ApiOperation({
    operationId: 'exportStockMovements',
    summary: 'The same changes as one file of any size, up to the one that was last when it was asked for',
  })
  @ApiOkResponse({
    description: 'A connection that breaks off before its end means an incomplete file',
    content: {
      'text/csv': { schema: { type: 'string' } },
      'application/x-ndjson': { schema: { type: 'string' } },
    },
  })
  async export(@Caller() { accountId }: Caller, @Query() query: MovementsExportQuery): Promise<StreamableFile> {
    const { knownAt } = await this.past.resolve(accountId, {}, ['stock-movements']);
    const file = movementFiles[query.format];
    const pages = this.pagesOf(accountId, filterOf(query), knownAt.position ?? '');
    return new StreamableFile(streamOf(file, pages), {
      type: file.mediaType,
      disposition: `attachment; filename="stock-movements.${query.format}"`,
    });
  }

  private async *pagesOf(accountId: AccountId, filter: MovementFilter, upTo: string): AsyncGenerator<readonly StockMovement[]> {
    let after: MovementPlace | null = null;
    for (;;) {
      const rows: readonly StockMovementRow[] = await readMovements(this.reader, accountId, filter, { after, upTo, rows: exportedAtOnce });
      if (rows.length > 0) yield rows.map(movementOf);
      const last = rows.at(-1);
      if (rows.length < exportedAtOnce || !last) return;
      after = placeOf(last);
    }
  }
}

const placeOf = ({ recorded_at, position, ordinal }: StockMovementRow): MovementPlace => ({ recordedAt: recorded_at, position, ordinal });
