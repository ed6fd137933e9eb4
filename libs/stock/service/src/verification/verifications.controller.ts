import { Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, Cursors, knownProblems, ListQuery, ProblemException, UuidParam, type Page } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { Jobs } from '@stockproof/jobs';
import type { Queryable } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import { stockClock, stockJobs, stockWriter } from '../stock.tokens';
import { StockVerification } from './findings.requests';
import { askForVerification, readVerification, readVerifications, type VerificationPlace } from './verifications';
import { verifyAllJob } from './verifying-all';

@ApiTags('Verification')
@Controller('v1/stock/accounts/:accountId/verifications')
export class VerificationsController {
  constructor(
    @Inject(stockWriter) private readonly database: Queryable,
    @Inject(stockJobs) private readonly jobs: Jobs,
    @Inject(stockClock) private readonly clock: Clock,
    private readonly cursors: Cursors,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('job:run')
  @TakesIdempotencyKey()
  @ApiOperation({
    operationId: 'verifyStock',
    summary: 'Verify all stock of the account against the log, from the first event; one at a time',
  })
  @ApiAcceptedResponse({ type: StockVerification })
  async ask(@Caller() caller: Caller): Promise<StockVerification> {
    const { accountId } = caller;
    const { commandId, actor } = caller.context();
    const verification = await askForVerification(this.database, accountId, {
      verificationId: commandId,
      askedBy: actor,
      askedAt: this.clock.now(),
    });
    await this.jobs.schedule(verifyAllJob, accountId, { accountId, everyMs: null, payload: {} });
    await this.jobs.runNow(verifyAllJob, accountId, accountId);
    return verification;
  }

  @Get()
  @Requires('stock:read')
  @ApiOperation({
    operationId: 'listStockVerifications',
    summary: 'Verifications that were asked for, with how far each is; the newest first',
  })
  @ApiPage(StockVerification)
  async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<StockVerification>> {
    const list = `verifications ${accountId}`;
    const after = this.cursors.after<VerificationPlace>(list, query);
    const rows = await readVerifications(this.database, accountId, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, {
      item: (row) => row,
      place: ({ askedAt, verificationId }) => ({ askedAt, verificationId }),
    });
  }

  @Get(':verificationId')
  @Requires('stock:read')
  @ApiOperation({ operationId: 'getStockVerification', summary: 'How far a verification is, and how much it has found' })
  @ApiOkResponse({ type: StockVerification })
  async one(@Caller() { accountId }: Caller, @UuidParam('verificationId') verificationId: string): Promise<StockVerification> {
    const found = await readVerification(this.database, accountId, verificationId);
    if (found === null) throw new ProblemException(knownProblems.notFound);
    return found;
  }
}
