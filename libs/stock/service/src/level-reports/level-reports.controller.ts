import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { positionToken, ProblemException, problemOf, Problems } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { TenantReader } from '@stockproof/sql';
import { untimelyReport } from '@stockproof/stock-domain';
import { derivedId, instantOf } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { mustBePhysical } from '../items/item-writes';
import { itemProblems, notPhysical, warehouseNotEnabled } from '../items/items.problems';
import { levelReporting, stockReader } from '../stock.tokens';
import { reportIdReused } from './level-reports.problems';
import { LevelReportAnswer, LevelReportRequest } from './level-reports.requests';
import { reportLevels, type Reporting } from './reporting-levels';

@ApiTags('Stock writes')
@Controller('v1/stock/accounts/:accountId/level-reports')
export class LevelReportsController {
  constructor(
    @Inject(levelReporting) private readonly reporting: Reporting,
    @Inject(stockReader) private readonly reader: TenantReader,
  ) {}

  @Post()
  @HttpCode(200)
  @Requires('stock:adjust')
  @RequiresIdempotencyKey()
  @ApiOperation({
    operationId: 'reportStockLevels',
    summary: 'Say what a warehouse has, as of one moment; flows since then are added',
    description:
      'A report whose moment is more than seven days ago or still to come is refused as a whole, and nothing of it is recorded. Otherwise each row is answered for itself: a younger report may have spoken of one SKU and not of another.',
  })
  @ApiOkResponse({ type: LevelReportAnswer })
  @Problems(notPhysical, warehouseNotEnabled, itemProblems.ReportTooOld, itemProblems.FromTheFuture, reportIdReused)
  async report(
    @Caller() caller: Caller,
    @Body() body: LevelReportRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LevelReportAnswer> {
    const { warehouseId, meaning = 'on-hand', rows } = body;
    await mustBePhysical(this.reader, caller.accountId, warehouseId);
    const takenAt = instantOf(body.takenAt);
    const untimely = untimelyReport(takenAt, this.reporting.clock.now());
    if (untimely !== null) throw new ProblemException(problemOf(untimely, itemProblems));
    const context = caller.context();
    const reportId = derivedId('report', caller.accountId, warehouseId, body.reportId ?? context.commandId);
    const report = { reportId, source: context.actor, warehouseId, takenAt, meaning, rows };
    const { position, digest, outcomes } = await reportLevels(this.reporting, caller.accountId, report, { context });
    reply.header('stockproof-position', positionToken('stock', position));
    return { reportId, digest, rows: outcomes };
  }
}
