import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { accountOf, allEnded, contextOf, refusalOf, type MessageBatch } from '@stockproof/bus-transport';
import type { Channels } from '@stockproof/channel-directory';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import type { SalesOrderCommand } from '@stockproof/sales-domain';
import { allocationEventsTopic, orderAllocatedV1, orderHeldV1, orderNotAllocatedV1 } from '@stockproof/stock-contracts';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import type { KnownAccount } from '../reference/known-account';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';
import { salesChannels, salesClock, salesKnownAccount, salesOrdersToken } from '../sales.tokens';
import { carrierServiceFor, type Chosen } from '../shipping/carrier-services';

/** Stock's answers, attempt by attempt: promised units become shipments. */
@Controller()
export class AllocationsConsumer {
  constructor(
    @Inject(salesOrdersToken) private readonly orders: SalesOrderHandler,
    @Inject(salesClock) private readonly clock: Clock,
    @Inject(salesKnownAccount) private readonly known: KnownAccount,
    @Inject(salesChannels) private readonly channels: Channels,
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
    const accountId = accountOf(message);
    const command = await this.commandOf(accountId, message);
    if (command === null) return;
    const handled = await this.orders.handle(salesOrderStream(accountId, command.data.orderId), command, contextOf(message, 'sales'));
    if (handled.outcome === 'rejected') throw refusalOf(handled.rejection, `${command.type} of ${command.data.orderId}`);
  }

  private async commandOf(accountId: AccountId, { type, data }: DeliveredMessage): Promise<SalesOrderCommand | null> {
    const now = this.clock.now();
    switch (type) {
      case orderAllocatedV1.type: {
        const allocated = orderAllocatedV1.schema.parse(data);
        return { type: 'RecordAllocated', data: { ...allocated, ...(await this.carrierFor(accountId, allocated.orderId)), now } };
      }
      case orderHeldV1.type:
        return { type: 'RecordHeld', data: { ...orderHeldV1.schema.parse(data), now } };
      case orderNotAllocatedV1.type:
        return { type: 'RecordNotAllocated', data: { ...orderNotAllocatedV1.schema.parse(data), now } };
      default:
        return null;
    }
  }

  /** By what the shipments of an order go: looked up now, and kept on them. */
  private async carrierFor(accountId: AccountId, orderId: string): Promise<Chosen> {
    const { carrierService, channelId } = (await this.orders.load(salesOrderStream(accountId, orderId))).state;
    const [shop, settings] = await Promise.all([
      channelId === null ? null : this.channels.shop(accountId, channelId),
      this.known.settings(accountId),
    ]);
    return carrierServiceFor(carrierService, shop?.setUp.carrierMappings ?? [], settings.defaultCarrierService);
  }
}
