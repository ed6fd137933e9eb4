import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import type { EventStore } from '@stockproof/event-store';
import { knownProblems, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import type { Queryable } from '@stockproof/sql';
import type { Wanted } from '@stockproof/stock-domain';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import { warehouseNotEnabled, notPhysical } from '../items/items.problems';
import type { StockStreams } from '../stock.streams';
import { stockClock, stockStore, stockStreamsToken, stockWriter } from '../stock.tokens';
import { askForBasket, askForOrder, linesOf, type Asked } from './asking-what-if';
import { knownWarehouses, mustAllBePhysical } from './known-warehouses';
import { changesOf, saidOf } from './what-if-changes';
import { movedByHand, nothingRecorded, unknownRuleVersion } from './what-if.problems';
import { WhatIfAnswer, WhatIfForBasket, WhatIfForOrder } from './what-if.requests';

/** What would be decided with other settings. These operations are asked by POST, as their questions are long; they write nothing. */
@ApiTags('What-if')
@Controller('v1/stock/accounts/:accountId')
export class WhatIfController {
  constructor(
    @Inject(stockStreamsToken) private readonly streams: StockStreams,
    @Inject(stockStore) private readonly store: EventStore,
    @Inject(stockWriter) private readonly writer: Queryable,
    @Inject(stockClock) private readonly clock: Clock,
  ) {}

  @Post('allocations/:orderId/what-if')
  @HttpCode(200)
  @Requires('stock:read')
  @ApiOperation({ operationId: 'askWhatIfForOrder', summary: 'Decide about an order again with other settings; writes nothing' })
  @ApiOkResponse({ type: WhatIfAnswer })
  @Problems(unknownRuleVersion, nothingRecorded, movedByHand, notPhysical, warehouseNotEnabled)
  async order(@Caller() { accountId }: Caller, @UuidParam('orderId') orderId: string, @Body() body: WhatIfForOrder): Promise<WhatIfAnswer> {
    if (body.warehouses) mustAllBePhysical(body.warehouses, await knownWarehouses(this.writer, accountId));
    const { against = 'recorded', attempt = null, plan = null } = body;
    const question = { orderId, against, attempt, plan, changes: changesOf(body) };
    return answerOf(await askForOrder({ store: this.store, streams: this.streams, accountId }, question));
  }

  @Post('what-if/baskets')
  @HttpCode(200)
  @Requires('stock:read')
  @ApiOperation({ operationId: 'askWhatIfForBasket', summary: 'Where these lines would go now; writes nothing' })
  @ApiOkResponse({ type: WhatIfAnswer })
  @Problems(unknownRuleVersion, notPhysical, warehouseNotEnabled)
  async basket(@Caller() { accountId }: Caller, @Body() body: WhatIfForBasket): Promise<WhatIfAnswer> {
    const now = this.clock.now();
    const wanted: Wanted = {
      kind: 'allocate',
      orderNumber: 'basket',
      orderDate: now,
      arrivedAt: now,
      lines: linesOf(body.lines),
      candidates: await this.candidates(accountId, body.warehouses ?? null),
      settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false, ...saidOf(body.settings) },
      holdAttempt: null,
    };
    return answerOf(await askForBasket({ streams: this.streams, accountId }, { wanted, ruleVersion: body.ruleVersion ?? null }));
  }

  /** Of what is not said of a warehouse, what an order of the account would have. */
  private async candidates(accountId: AccountId, named: NonNullable<WhatIfForBasket['warehouses']> | null): Promise<Wanted['candidates']> {
    const known = await knownWarehouses(this.writer, accountId);
    const enabled = new Map([...known].filter(([, warehouse]) => warehouse.enabled));
    if (named !== null) mustAllBePhysical(named, enabled);
    const said = new Map(named?.map((each) => [each.warehouseId, each]));
    return [...enabled.values()]
      .filter(({ warehouseId, kind }) => (named === null ? kind === 'physical' : said.has(warehouseId)))
      .map(({ warehouseId, code, ...own }) => {
        const { priority = own.priority, backOrders } = said.get(warehouseId) ?? {};
        return { warehouseId, code, priority, checked: backOrders === undefined ? own.checked : backOrders === 'managed-here' };
      });
  }
}

const answerOf = (asked: Asked): WhatIfAnswer => {
  switch (asked.asked) {
    case 'answered':
      return asked.answer;
    case 'not-found':
      throw new ProblemException(knownProblems.notFound);
    case 'unknown-rule-version':
      throw new ProblemException({
        ...unknownRuleVersion,
        errors: [{ pointer: '/ruleVersion', code: unknownRuleVersion.code, message: unknownRuleVersion.title }],
      });
    case 'nothing-recorded':
      throw new ProblemException(nothingRecorded);
    case 'moved-by-hand':
      throw new ProblemException(movedByHand);
  }
};
