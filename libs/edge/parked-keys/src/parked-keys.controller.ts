import { Body, Controller, Get, HttpCode, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { actorOf, Caller, Requires } from '@stockproof/access';
import type { ParkedKey, ParkedKeyPlace, ParkedKeys } from '@stockproof/bus-transport';
import { ApiPage, Cursors, knownProblems, ListQuery, ProblemException, Problems, type Page } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import { ParkedKeyRequested, ParkedKeyView, SkipParkedKey } from './parked-keys.requests';

/** The parked keys of a service under its own path. Workers do what is asked here; so it is accepted, not done. */
export const parkedKeysController = (service: string, parked: ParkedKeys): Type<unknown> => {
  const name = `${service.slice(0, 1).toUpperCase()}${service.slice(1)}`;

  @ApiTags('Parked messages')
  @Controller(`v1/${service}/accounts/:accountId/parked-keys`)
  class ParkedKeysController {
    constructor(private readonly cursors: Cursors) {}

    @Get()
    @Requires('dead-letter:read')
    @ApiOperation({ operationId: `list${name}ParkedKeys`, summary: 'What waits behind a message that could not be handled' })
    @ApiPage(ParkedKeyView)
    async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<ParkedKeyView>> {
      const list = `parked-keys ${accountId}`;
      const rows = await parked.list(accountId, { after: this.cursors.after<ParkedKeyPlace>(list, query), limit: query.limit + 1 });
      return this.cursors.page(list, query, rows, { item: viewOf, place: ({ group, orderingKey }) => ({ group, orderingKey }) });
    }

    @Post(':group/:orderingKey/replay')
    @HttpCode(202)
    @Requires('dead-letter:replay')
    @TakesIdempotencyKey()
    @ApiOperation({ operationId: `replay${name}ParkedKey`, summary: 'Handle the waiting messages of a key again, in order' })
    @ApiAcceptedResponse({ type: ParkedKeyRequested })
    async replay(
      @Caller() caller: Caller,
      @Param('group') group: string,
      @Param('orderingKey') orderingKey: string,
    ): Promise<ParkedKeyRequested> {
      return accepted(await parked.replay({ accountId: caller.accountId, group, orderingKey }, actorOf(caller.principal)), {
        group,
        orderingKey,
        request: 'replay',
      });
    }

    @Post(':group/:orderingKey/skip')
    @HttpCode(202)
    @Requires('dead-letter:replay')
    @TakesIdempotencyKey()
    @ApiOperation({
      operationId: `skip${name}ParkedKey`,
      summary: 'Give up the message at fault, for a reason, and handle the others in order',
    })
    @ApiAcceptedResponse({ type: ParkedKeyRequested })
    @Problems(knownProblems.validationFailed)
    async skip(
      @Caller() caller: Caller,
      @Param('group') group: string,
      @Param('orderingKey') orderingKey: string,
      @Body() { reason }: SkipParkedKey,
    ): Promise<ParkedKeyRequested> {
      return accepted(await parked.skip({ accountId: caller.accountId, group, orderingKey }, actorOf(caller.principal), reason), {
        group,
        orderingKey,
        request: 'skip',
      });
    }
  }
  return ParkedKeysController;
};

const viewOf = ({ accountId: _, ...view }: ParkedKey): ParkedKeyView => view;

const accepted = (known: boolean, requested: ParkedKeyRequested): ParkedKeyRequested => {
  if (!known) throw new ProblemException(knownProblems.notFound);
  return requested;
};
