import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, ApiPage, Cursors, knownProblems, ProblemException, Problems, UuidParam, type Page } from '@stockproof/http-problems';
import { RequiresIdempotencyKey } from '@stockproof/idempotency';
import type { Jobs } from '@stockproof/jobs';
import type { Queryable } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import type { StockStreams } from '../stock.streams';
import { stockClock, stockJobs, stockStreamsToken, stockWriter } from '../stock.tokens';
import { acknowledgeFinding } from './acknowledging';
import { readFinding, readFindings, type FindingPlace, type FindingRow } from './findings';
import { findingHealed, notRepairable, repairable } from './findings.problems';
import { AcknowledgeRequest, FindingsQuery, RepairAccepted, RepairRequest, StockFinding } from './findings.requests';
import { askForRepair } from './repairing';

@ApiTags('Verification')
@Controller('v1/stock/accounts/:accountId/findings')
export class FindingsController {
  constructor(
    @Inject(stockWriter) private readonly database: Queryable,
    @Inject(stockStreamsToken) private readonly streams: StockStreams,
    @Inject(stockJobs) private readonly jobs: Jobs,
    @Inject(stockClock) private readonly clock: Clock,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @ApiOperation({ operationId: 'listStockFindings', summary: 'What the verifier found that must not be; the newest first' })
  @ApiPage(StockFinding)
  async list(@Caller() { accountId }: Caller, @Query() query: FindingsQuery): Promise<Page<StockFinding>> {
    const list = `findings ${accountId}`;
    const after = this.cursors.after<FindingPlace>(list, query);
    const filter = { kind: query.kind ?? null, open: query.open ?? null, acknowledged: query.acknowledged ?? null };
    const rows = await readFindings(this.database, accountId, filter, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: shown, place: ({ firstSeen, findingId }) => ({ firstSeen, findingId }) });
  }

  @Get(':findingId')
  @Requires('stock:read')
  @ApiOperation({ operationId: 'getStockFinding', summary: 'One finding, with what it was seen by' })
  @ApiOkResponse({ type: StockFinding })
  async one(@Caller() { accountId }: Caller, @UuidParam('findingId') findingId: string): Promise<StockFinding> {
    const found = await readFinding(this.database, accountId, findingId);
    if (found === null) throw new ProblemException(knownProblems.notFound);
    return shown(found);
  }

  @Post(':findingId/repair')
  @HttpCode(202)
  @Requires('stock:repair')
  @RequiresIdempotencyKey()
  @ApiOperation({ operationId: 'repairStockFinding', summary: 'Have a finding repaired, if it still is when it is looked at again' })
  @ApiAcceptedResponse({ type: RepairAccepted })
  @Problems(findingHealed, notRepairable)
  async repair(
    @Caller() caller: Caller,
    @UuidParam('findingId') findingId: string,
    @Body() { reason }: RepairRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RepairAccepted> {
    const { accountId } = caller;
    const finding = await this.open(accountId, findingId);
    if (finding.repair === null) throw new ProblemException(notRepairable);
    const order = { finding, reason, context: { ...caller.context(), accountId } };
    answer(await askForRepair(this.jobs, { streams: this.streams, clock: this.clock }, order), {}, reply);
    return { findingId, repair: finding.repair };
  }

  @Post(':findingId/acknowledge')
  @HttpCode(200)
  @Requires('stock:repair')
  @RequiresIdempotencyKey()
  @ApiOperation({
    operationId: 'acknowledgeStockFinding',
    summary: 'Say that somebody has looked at a finding that no repair can undo: it stays, and no alert calls for it any more',
  })
  @ApiOkResponse({ type: StockFinding })
  @Problems(findingHealed, repairable)
  async acknowledge(
    @Caller() caller: Caller,
    @UuidParam('findingId') findingId: string,
    @Body() { reason }: AcknowledgeRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockFinding> {
    const { accountId } = caller;
    const finding = await this.open(accountId, findingId);
    if (finding.repair !== null) throw new ProblemException(repairable);
    const tools = { streams: this.streams, database: this.database, clock: this.clock };
    answer(await acknowledgeFinding(tools, finding, reason, { ...caller.context(), accountId }), {}, reply);
    return this.one(caller, findingId);
  }

  private async open(accountId: string, findingId: string): Promise<FindingRow> {
    const finding = await readFinding(this.database, accountId, findingId);
    if (finding === null) throw new ProblemException(knownProblems.notFound);
    if (finding.healedAt !== null) throw new ProblemException(findingHealed);
    return finding;
  }
}

const shown = ({ subjectKind: _, subjectKey: __, about: ___, ...row }: FindingRow): StockFinding => row;
