import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, knownProblems, ListQuery, ProblemException, UuidParam, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import { stockReader } from '../../stock.tokens';
import { readLevelReport, readLevelReports, readReportRows } from './level-reports.query';
import { LevelReportsQuery, RecordedLevelReport, ReportedLevelRow } from './level-reports.requests';

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/level-reports')
export class RecordedLevelReportsController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView('level-reports')
  @ApiOperation({ operationId: 'listLevelReports', summary: 'What warehouses reported, in the order it was recorded' })
  @ApiPage(RecordedLevelReport)
  async list(@Caller() { accountId }: Caller, @Query() query: LevelReportsQuery): Promise<Page<RecordedLevelReport>> {
    const list = `level-reports ${accountId}`;
    const after = this.cursors.after<{ position: string }>(list, query);
    const rows = await readLevelReports(this.reader, accountId, query.warehouseId ?? null, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: (row) => row, place: ({ position }) => ({ position }) });
  }

  @Get(':reportId')
  @Requires('stock:read')
  @AwaitsView('level-reports')
  @ApiOperation({ operationId: 'getLevelReport', summary: 'One report of levels with its counts' })
  @ApiOkResponse({ type: RecordedLevelReport })
  one(@Caller() { accountId }: Caller, @UuidParam('reportId') reportId: string): Promise<RecordedLevelReport> {
    return this.known(accountId, reportId);
  }

  @Get(':reportId/rows')
  @Requires('stock:read')
  @AwaitsView('level-reports')
  @ApiOperation({ operationId: 'listLevelReportRows', summary: 'What became of each row of a report' })
  @ApiPage(ReportedLevelRow)
  async rows(
    @Caller() { accountId }: Caller,
    @UuidParam('reportId') reportId: string,
    @Query() query: ListQuery,
  ): Promise<Page<ReportedLevelRow>> {
    const list = `level-report-rows ${accountId} ${reportId}`;
    const after = this.cursors.after<{ skuKey: string }>(list, query);
    await this.known(accountId, reportId);
    const rows = await readReportRows(this.reader, accountId, reportId, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: ({ skuKey: _, ...row }) => row, place: ({ skuKey }) => ({ skuKey }) });
  }

  private async known(accountId: string, reportId: string): Promise<RecordedLevelReport> {
    const found = await readLevelReport(this.reader, accountId, reportId);
    if (found === null) throw new ProblemException(knownProblems.notFound);
    return found;
  }
}
