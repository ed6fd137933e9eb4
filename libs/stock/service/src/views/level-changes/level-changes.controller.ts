import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { FeedQuery, feedPlaces, historyReplaced, whenSomethingCame, type FeedPlace, type FeedPlaces } from '@stockproof/event-feed';
import type { EventStore } from '@stockproof/event-store';
import { AwaitsView, Cursors, knownProblems, Problems } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import type { FastifyReply } from 'fastify';
import { stockReader, stockStore } from '../../stock.tokens';
import { readChanges, type ChangesPlace } from './level-changes.query';
import { LevelChangesPage } from './level-changes.requests';

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/levels/changes')
export class LevelChangesController {
  private readonly places: FeedPlaces;

  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    @Inject(stockStore) store: EventStore,
    cursors: Cursors,
  ) {
    this.places = feedPlaces('stock', store, cursors);
  }

  @Get()
  @Requires('stock:read')
  @AwaitsView('stock-levels', 'level-changes')
  @ApiOperation({
    operationId: 'followStockLevels',
    summary: 'Which SKUs changed since a place, with their figures and a count per SKU without gaps',
  })
  @ApiOkResponse({ type: LevelChangesPage })
  @Problems(knownProblems.invalidCursor, knownProblems.foreignPosition, historyReplaced)
  async follow(
    @Caller() { accountId }: Caller,
    @Query() { after, limit, waitMs }: FeedQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LevelChangesPage> {
    const feed = `level-changes ${accountId}`;
    const place = await this.places.read(feed, after);
    const page = await whenSomethingCame(
      () => readChanges(this.reader, accountId, place === null ? null : { position: place.position, within: within(place) }, limit),
      ({ changes }) => changes.length === 0,
      { waitMs, reply },
    );
    return { changes: page.changes, next: page.place === null ? (after ?? null) : await this.markOf(feed, page.place) };
  }

  private async markOf(feed: string, { position, within: sku }: ChangesPlace): Promise<string> {
    return this.places.mark(feed, { ...(await this.places.behind(position)), within: sku });
  }
}

const within = ({ within: sku }: FeedPlace): string | null => (sku === null ? null : String(sku));
