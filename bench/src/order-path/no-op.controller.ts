import { Body, Controller, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { RequiresIdempotencyKey, TakesIdempotencyKey } from '@stockproof/idempotency';
import { CreateOrderRequest } from '@stockproof/sales-service';

/** The same body, guard and validation as an order, and then nothing: what the stack costs before sales does anything. */
@ApiExcludeController()
@Controller('v1/sales/accounts/:accountId')
export class NoOpController {
  @Post('no-op')
  @Requires('order:write')
  @TakesIdempotencyKey()
  withoutKey(@Caller() caller: Caller, @Body() body: CreateOrderRequest): { readonly accountId: string; readonly lines: number } {
    return { accountId: caller.accountId, lines: body.lines.length };
  }

  @Post('no-op-with-key')
  @Requires('order:write')
  @RequiresIdempotencyKey()
  withKey(@Caller() caller: Caller, @Body() body: CreateOrderRequest): { readonly accountId: string; readonly lines: number } {
    return this.withoutKey(caller, body);
  }
}
