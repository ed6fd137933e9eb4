import { Controller, Get, Query, Res, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { AwaitsView, Cursors, knownProblems, Problems } from '@stockproof/http-problems';
import type { FastifyReply } from 'fastify';
import { accountEventsProjection } from './account-events.projection';
import { EventFeedPage, EventsQuery } from './event-feed.requests';
import { feedPlaces, historyReplaced, type FeedPlaces } from './feed-places';
import { readFeed, type FeedSource } from './reading-the-feed';
import { whenSomethingCame } from './waiting';

/** What a service publishes of an account, over HTTP, under the service's own path. */
export const eventFeedController = (source: FeedSource): Type<unknown> => {
  const { service, store } = source;
  const name = `${service.slice(0, 1).toUpperCase()}${service.slice(1)}`;

  @ApiTags('Events')
  @Controller(`v1/${service}/accounts/:accountId/events`)
  class EventFeedController {
    private readonly places: FeedPlaces;

    constructor(cursors: Cursors) {
      this.places = feedPlaces(service, store, cursors);
    }

    @Get()
    @Requires('event:read')
    @AwaitsView(accountEventsProjection.name)
    @ApiOperation({
      operationId: `read${name}Events`,
      summary: 'What happened in the account as the topics tell it, in order, from any place',
    })
    @ApiOkResponse({ type: EventFeedPage })
    @Problems(knownProblems.invalidCursor, knownProblems.foreignPosition, historyReplaced)
    async read(
      @Caller() { accountId }: Caller,
      @Query() { after, limit, waitMs, type }: EventsQuery,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<EventFeedPage> {
      const feed = `events ${accountId}`;
      const types = type === undefined ? null : new Set(type);
      let place = await this.places.read(feed, after);
      const page = await whenSomethingCame(
        async () => {
          const read = await readFeed(source, { accountId, place, limit, types });
          place = read.place;
          return read;
        },
        ({ events }) => events.length === 0,
        { waitMs, reply },
      );
      return { events: page.events, next: page.place === null ? null : this.places.mark(feed, page.place) };
    }
  }
  return EventFeedController;
};
