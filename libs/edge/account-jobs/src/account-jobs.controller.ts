import { Controller, Get, HttpCode, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, Cursors, knownProblems, ListQuery, ProblemException, type Page } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import { UnknownJob, type Jobs, type JobStatus } from '@stockproof/jobs';
import { JobRunRequested, JobView } from './account-jobs.requests';

type Place = { readonly kind: string; readonly subject: string };

/** The jobs that a service runs for an account. Workers run them; so a run is accepted, not done. */
export const accountJobsController = (service: string, jobs: Pick<Jobs, 'status' | 'runNow'>): Type<unknown> => {
  const name = `${service.slice(0, 1).toUpperCase()}${service.slice(1)}`;

  @ApiTags('Jobs')
  @Controller(`v1/${service}/accounts/:accountId/jobs`)
  class AccountJobsController {
    constructor(private readonly cursors: Cursors) {}

    @Get()
    @Requires('job:read')
    @ApiOperation({
      operationId: `list${name}Jobs`,
      summary: 'What runs for the account by itself, and timers that fail: when, with what success',
    })
    @ApiPage(JobView)
    async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<JobView>> {
      const list = `jobs ${accountId}`;
      const rows = await jobs.status(accountId, { after: this.cursors.after<Place>(list, query), limit: query.limit + 1 });
      return this.cursors.page(list, query, rows, { item: viewOf, place: ({ kind, subject }) => ({ kind, subject }) });
    }

    @Post(':kind/:subject/run')
    @HttpCode(202)
    @Requires('job:run')
    @TakesIdempotencyKey()
    @ApiOperation({
      operationId: `run${name}Job`,
      summary: 'Run a job now, or once more right after the run in progress; a `/` in its subject is written %2F',
    })
    @ApiAcceptedResponse({ type: JobRunRequested })
    async run(@Caller() { accountId }: Caller, @Param('kind') kind: string, @Param('subject') subject: string): Promise<JobRunRequested> {
      try {
        await jobs.runNow(kind, subject, accountId);
      } catch (error) {
        throw error instanceof UnknownJob ? new ProblemException(knownProblems.notFound) : error;
      }
      return { kind, subject };
    }
  }
  return AccountJobsController;
};

const viewOf = ({ done, of, ...status }: JobStatus): JobView => ({ ...status, progress: { done, of } });
