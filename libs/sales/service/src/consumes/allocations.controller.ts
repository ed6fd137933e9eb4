import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { accountOf, allEnded, contextOf, refusalOf, type MessageBatch } from '@stockproof/bus-transport';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import type { SalesOrderCommand } from '@stockproof/sales-domain';
import { allocationEventsTopic, orderAllocatedV1, orderHeldV1, orderNotAllocatedV1 } from '@stockproof/stock-contracts';
import type { Clock } from '@stockproof/vocabulary';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';
import { channelJobs, salesClock, salesOrdersToken } from '../sales.tokens';
import type { ChannelJobs } from '../shipping/channel-jobs';

/** Stock's answers, attempt by attempt: promised units become shipments. */
@Controller()
export class AllocationsConsumer {
  constructor(
    @Inject(salesOrdersToken) private readonly orders: SalesOrderHandler,
    @Inject(salesClock) private readonly clock: Clock,
    @Inject(channelJobs) private readonly jobs: ChannelJobs,
  ) {}

  @EventPattern(allocationEventsTopic, { group: 'sales.allocations' })
  async hear(@Payload() { messages }: MessageBatch): Promise<void> {
    const byOrder = Map.groupBy(messages, (message) => message.orderingKey);
    await allEnded(
      [...byOrder.values()].map(async (ofOrder) => {
        for (const message of ofOrder) await this.record(message);
      }),
    );
  }

  private async record(message: DeliveredMessage): Promise<void> {
    const command = commandOf(message, this.clock.now());
    if (command === null) return;
    const accountId = accountOf(message);
    const handled = await this.orders.handle(salesOrderStream(accountId, command.data.orderId), command, contextOf(message, 'sales'));
    if (handled.outcome === 'rejected') throw refusalOf(handled.rejection, `${command.type} of ${command.data.orderId}`);
    if (command.type === 'RecordAllocated')
      await this.jobs.exportSoon(
        accountId,
        command.data.units.map((unit) => unit.warehouseId),
      );
  }
}

const commandOf = ({ type, data }: DeliveredMessage, now: string): SalesOrderCommand | null => {
  switch (type) {
    case orderAllocatedV1.type:
      return { type: 'RecordAllocated', data: { ...orderAllocatedV1.schema.parse(data), now } };
    case orderHeldV1.type:
      return { type: 'RecordHeld', data: { ...orderHeldV1.schema.parse(data), now } };
    case orderNotAllocatedV1.type:
      return { type: 'RecordNotAllocated', data: { ...orderNotAllocatedV1.schema.parse(data), now } };
    default:
      return null;
  }
};
