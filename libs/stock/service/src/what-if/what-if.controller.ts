import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import type { EventStore } from '@stockproof/event-store';
import { knownProblems, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import type { Wanted } from '@stockproof/stock-domain';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import { warehouseNotEnabled, notPhysical } from '../items/items.problems';
import type { StockStreams } from '../stock.streams';
import { stockClock, stockReader, stockStore, stockStreamsToken } from '../stock.tokens';
import { readWarehouses } from '../views/stock-levels/stock-levels.query';
import { askForBasket, askForOrder, linesOf, type Asked } from './asking-what-if';
import { changesOf, saidOf } from './what-if-changes';
import { movedByHand, nothingRecorded, unknownRuleVersion } from './what-if.problems';
import { WhatIfAnswer, WhatIfForBasket, WhatIfForOrder, type BasketWarehouse } from './what-if.requests';

/** What would be decided with other settings. These operations are asked by POST, as their questions are long; they write nothing. */
@ApiTags('What-if')
@Controller('v1/stock/accounts/:accountId')
export class WhatIfController {
  constructor(
    @Inject(stockStreamsToken) private readonly streams: StockStreams,
    @Inject(stockStore) private readonly store: EventStore,
    @Inject(stockReader) private readonly reader: TenantReader,
    @Inject(stockClock) private readonly clock: Clock,
  ) {}

  @Post('allocations/:orderId/what-if')
  @HttpCode(200)
  @Requires('stock:read')
  @ApiOperation({ operationId: 'askWhatIfForOrder', summary: 'Decide about an order again with other settings; writes nothing' })
  @ApiOkResponse({ type: WhatIfAnswer })
  @Problems(unknownRuleVersion, nothingRecorded, movedByHand)
  async order(@Caller() { accountId }: Caller, @UuidParam('orderId') orderId: string, @Body() body: WhatIfForOrder): Promise<WhatIfAnswer> {
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

  private async candidates(accountId: AccountId, named: WhatIfForBasket['warehouses'] | null): Promise<Wanted['candidates']> {
    const known = await readWarehouses(this.reader, accountId);
    const all = new Map([...known].map(([code, each]) => [each.warehouseId, { ...each, code: code.toUpperCase() }]));
    const physical = [...all.values()].flatMap(({ kind, warehouseId }) => (kind === 'physical' ? [{ warehouseId }] : []));
    const asked: readonly BasketWarehouse[] = named ?? physical;
    const said = new Map(asked.map((each) => [each.warehouseId, each]));
    return [...said].map(([warehouseId, each]) => {
      const warehouse = all.get(warehouseId);
      if (warehouse?.kind !== 'physical') throw refused(warehouse ? notPhysical : warehouseNotEnabled, asked.indexOf(each));
      const { priority = 1, backOrders } = each;
      return { warehouseId, code: warehouse.code, priority, checked: backOrders !== 'managed-by-warehouse' };
    });
  }
}

const refused = (problem: typeof notPhysical, index: number): ProblemException =>
  new ProblemException({
    ...problem,
    errors: [{ pointer: `/warehouses/${index}/warehouseId`, code: problem.code, message: problem.title }],
  });

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
