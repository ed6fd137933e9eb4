import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, Cursors, knownProblems, ListQuery, ProblemException, Problems, UuidParam, type Page } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { Jobs } from '@stockproof/jobs';
import type { Queryable } from '@stockproof/sql';
import { currentRuleVersion, ruleOf } from '@stockproof/stock-domain';
import { derivedId, instantOf, type Clock } from '@stockproof/vocabulary';
import { notPhysical, warehouseNotEnabled } from '../items/items.problems';
import { stockClock, stockJobs, stockWhatIfs, stockWriter } from '../stock.tokens';
import { scheduleAnswering } from './answering-what-ifs';
import { knownWarehouses, mustAllBePhysical } from './known-warehouses';
import { PeriodLevelDifference, PeriodOrderDifference, PeriodWhatIf, WhatIfForPeriod } from './period-what-ifs.requests';
import type { AskedWhatIfs, PeriodWhatIfRow } from './what-if-store';
import { changesOf } from './what-if-changes';
import { noPeriod, unknownRuleVersion } from './what-if.problems';

/** All orders of a period, decided once more with other settings. It reads the log and writes nothing but its own answer. */
@ApiTags('What-if')
@Controller('v1/stock/accounts/:accountId/what-ifs')
export class PeriodWhatIfsController {
  constructor(
    @Inject(stockWhatIfs) private readonly whatIfs: AskedWhatIfs,
    @Inject(stockJobs) private readonly jobs: Pick<Jobs, 'schedule'>,
    @Inject(stockClock) private readonly clock: Clock,
    @Inject(stockWriter) private readonly writer: Queryable,
    private readonly cursors: Cursors,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('job:run')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'askWhatIfForPeriod', summary: 'Decide all orders of a period once more with other settings' })
  @ApiAcceptedResponse({ type: PeriodWhatIf })
  @Problems(noPeriod, unknownRuleVersion, notPhysical, warehouseNotEnabled)
  async ask(@Caller() caller: Caller, @Body() body: WhatIfForPeriod): Promise<PeriodWhatIf> {
    const now = this.clock.now();
    const [from, to] = [instantOf(body.from), body.to === undefined ? now : instantOf(body.to)];
    if (from >= to || to > now) throw refused(noPeriod, from >= to ? '/from' : '/to');
    if (ruleOf(body.ruleVersion ?? currentRuleVersion) === null) throw refused(unknownRuleVersion, '/ruleVersion');
    if (body.warehouses) mustAllBePhysical(body.warehouses, await knownWarehouses(this.writer, caller.accountId));
    const named = { accountId: caller.accountId, whatIfId: derivedId('what-if', caller.context().commandId) };
    await this.whatIfs.ask(named, { from, to, changes: changesOf(body) }, now);
    await scheduleAnswering(this.jobs, named);
    return this.read(caller, named.whatIfId);
  }

  @Get()
  @Requires('stock:read')
  @ApiOperation({ operationId: 'listWhatIfs', summary: 'Periods that were decided once more, the newest first' })
  @ApiPage(PeriodWhatIf)
  async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<PeriodWhatIf>> {
    const list = `what-ifs ${accountId}`;
    const after = this.cursors.after<{ askedAt: string; whatIfId: string }>(list, query);
    const rows = await this.whatIfs.list(accountId, after, query.limit + 1);
    return this.cursors.page(list, query, rows, { item: shown, place: ({ askedAt, whatIfId }) => ({ askedAt, whatIfId }) });
  }

  @Get(':whatIfId')
  @Requires('stock:read')
  @ApiOperation({ operationId: 'getWhatIf', summary: 'How far a period is, and what came of it' })
  @ApiOkResponse({ type: PeriodWhatIf })
  one(@Caller() caller: Caller, @UuidParam('whatIfId') whatIfId: string): Promise<PeriodWhatIf> {
    return this.read(caller, whatIfId);
  }

  @Get(':whatIfId/orders')
  @Requires('stock:read')
  @ApiOperation({ operationId: 'listWhatIfOrders', summary: 'Orders that come out otherwise, by when they were first heard of' })
  @ApiPage(PeriodOrderDifference)
  orders(
    @Caller() caller: Caller,
    @UuidParam('whatIfId') whatIfId: string,
    @Query() query: ListQuery,
  ): Promise<Page<PeriodOrderDifference>> {
    return this.rows(caller, whatIfId, 'order', query);
  }

  @Get(':whatIfId/levels')
  @Requires('stock:read')
  @ApiOperation({ operationId: 'listWhatIfLevels', summary: 'Stock that ends up otherwise, by SKU and warehouse' })
  @ApiPage(PeriodLevelDifference)
  levels(
    @Caller() caller: Caller,
    @UuidParam('whatIfId') whatIfId: string,
    @Query() query: ListQuery,
  ): Promise<Page<PeriodLevelDifference>> {
    return this.rows(caller, whatIfId, 'level', query);
  }

  private async read({ accountId }: Caller, whatIfId: string): Promise<PeriodWhatIf> {
    const row = await this.whatIfs.one({ accountId, whatIfId });
    if (row === null) throw new ProblemException(knownProblems.notFound);
    return shown(row);
  }

  private async rows<Kind extends 'order' | 'level'>({ accountId }: Caller, whatIfId: string, kind: Kind, query: ListQuery) {
    const list = `what-if ${kind}s ${accountId} ${whatIfId}`;
    const after = this.cursors.after<{ row: number }>(list, query)?.row ?? 0;
    if ((await this.whatIfs.one({ accountId, whatIfId })) === null) throw new ProblemException(knownProblems.notFound);
    const rows = await this.whatIfs.rows({ accountId, whatIfId }, kind, after, query.limit + 1);
    return this.cursors.page(list, query, rows, { item: ({ data }) => data, place: ({ row }) => ({ row }) });
  }
}

const shown = ({ asked, done, of, ...row }: PeriodWhatIfRow): PeriodWhatIf => ({ ...row, ...asked, progress: { done, of } });

const refused = (problem: typeof noPeriod, pointer: string): ProblemException =>
  new ProblemException({ ...problem, errors: [{ pointer, code: problem.code, message: problem.title }] });
