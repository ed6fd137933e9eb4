import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, Cursors, knownProblems, ListQuery, ProblemException, UuidParam, type Page } from '@stockproof/http-problems';
import type { Queryable } from '@stockproof/sql';
import { stockWriter } from '../stock.tokens';
import { readPublication, readPublications } from './publications';
import { StockPublication, StockPublicationDetail } from './publications.requests';

@ApiTags('Channels')
@Controller('v1/stock/accounts/:accountId/publications')
export class PublicationsController {
  constructor(
    @Inject(stockWriter) private readonly database: Queryable,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @ApiOperation({
    operationId: 'listStockPublications',
    summary: 'What shops were told of stock, when, and what they answered; the newest first',
  })
  @ApiPage(StockPublication)
  async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<StockPublication>> {
    const list = `publications ${accountId}`;
    const after = this.cursors.after<{ createdAt: string; publicationId: string }>(list, query);
    const rows = await readPublications(this.database, accountId, after, query.limit);
    return this.cursors.page(list, query, rows, {
      item: (row) => row,
      place: ({ createdAt, publicationId }) => ({ createdAt, publicationId }),
    });
  }

  @Get(':publicationId')
  @Requires('stock:read')
  @ApiOperation({
    operationId: 'getStockPublication',
    summary: 'One time that a shop was told of stock, with every figure and what it was made of',
  })
  @ApiOkResponse({ type: StockPublicationDetail })
  async one(@Caller() { accountId }: Caller, @UuidParam('publicationId') publicationId: string): Promise<StockPublicationDetail> {
    const found = await readPublication(this.database, accountId, publicationId);
    if (found === null) throw new ProblemException(knownProblems.notFound);
    return found;
  }
}
