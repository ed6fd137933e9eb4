import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { problem, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import { salesForgetting } from '../sales.tokens';
import type { ForgettingPersons } from './forgetting-persons';

const orderUnknown = problem(404, 'order-unknown', 'There is no such order');
const stillServed = problem(
  409,
  'person-still-served',
  'Only the person of an order that is shipped, cancelled or left out can be forgotten',
);

@ApiTags('Persons')
@Controller('v1/sales/accounts/:accountId')
export class PersonsController {
  constructor(@Inject(salesForgetting) private readonly forgetting: ForgettingPersons) {}

  @Post('sales-orders/:orderId/forget-person')
  @Requires('person:forget')
  @HttpCode(204)
  @ApiOperation({ operationId: 'forgetPersonOfOrder', summary: 'Erase address, note and original of an order that is over' })
  @ApiNoContentResponse()
  @Problems(orderUnknown, stillServed)
  async ofOrder(@Caller() caller: Caller, @UuidParam('orderId') orderId: string): Promise<void> {
    await this.forget(caller, orderId);
  }

  @Post('incoming-orders/:incomingId/forget-person')
  @Requires('person:forget')
  @HttpCode(204)
  @ApiOperation({ operationId: 'forgetPersonOfIncomingOrder', summary: 'Erase all that came in of an order that is over or left out' })
  @ApiNoContentResponse()
  @Problems(orderUnknown, stillServed)
  async ofIncomingOrder(@Caller() caller: Caller, @UuidParam('incomingId') incomingId: string): Promise<void> {
    await this.forget(caller, incomingId);
  }

  private async forget({ accountId }: Caller, orderId: string): Promise<void> {
    const forgot = await this.forgetting(accountId, orderId);
    if (forgot === 'unknown') throw new ProblemException(orderUnknown);
    if (forgot === 'still served') throw new ProblemException(stillServed);
  }
}
