import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import type { EventStore } from '@stockproof/event-store';
import { knownProblems, ProblemException, UuidParam } from '@stockproof/http-problems';
import { stockStore } from '../stock.tokens';
import { OrderDecisions } from './decisions.requests';
import { readDecisions } from './reading-decisions';

@ApiTags('Allocations')
@Controller('v1/stock/accounts/:accountId/allocations')
export class DecisionsController {
  constructor(@Inject(stockStore) private readonly store: EventStore) {}

  @Get(':orderId/decisions')
  @Requires('stock:read')
  @ApiOperation({
    operationId: 'listAllocationDecisions',
    summary: 'Every decision about an order with all its inputs, taken again to the same bytes',
  })
  @ApiOkResponse({ type: OrderDecisions })
  async decisions(@Caller() caller: Caller, @UuidParam('orderId') orderId: string): Promise<OrderDecisions> {
    const decisions = await readDecisions(this.store, caller.accountId, orderId);
    if (decisions.length === 0) throw new ProblemException(knownProblems.notFound);
    return { decisions };
  }
}
