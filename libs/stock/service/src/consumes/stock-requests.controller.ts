import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { accountOf, allEnded, PoisonMessage, type MessageBatch } from '@stockproof/bus-transport';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import type { Statement } from '@stockproof/sql';
import type { Allocator, StockRequest } from '../allocation/allocator';
import { UnknownUnits } from '../allocation/units';
import { markStatements } from '../allocation/waiting-orders';
import { stockAllocator } from '../stock.tokens';
import { stockRequestOf } from './stock-requests';

/** Everything that orders want from stock: of one account one thing after another, accounts side by side. */
@Controller()
export class StockRequestsConsumer {
  constructor(@Inject(stockAllocator) private readonly allocator: Allocator) {}

  @EventPattern(stockRequestsTopic, { group: 'stock.allocation' })
  async work(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    const asked = messages.flatMap((message) => {
      const request = parsed(message);
      return request === null ? [] : [{ accountId: accountOf(message), request }];
    });
    try {
      const byAccount = [...Map.groupBy(asked, ({ accountId }) => accountId)];
      const marks = await allEnded(
        byAccount.map(async ([accountId, own]) =>
          markStatements(
            accountId,
            await this.allocator.work(
              accountId,
              own.map(({ request }) => request),
            ),
          ),
        ),
      );
      return marks.flat();
    } catch (error) {
      const poison = error instanceof UnknownUnits ? messages.find((message) => message.id === error.because.id) : undefined;
      throw poison ? new PoisonMessage(poison, (error as Error).message) : error;
    }
  }
}

const parsed = (message: DeliveredMessage): StockRequest | null => {
  try {
    return stockRequestOf(message);
  } catch (error) {
    throw new PoisonMessage(message, error instanceof Error ? error.message : String(error));
  }
};
