import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { accountOf, allEnded, contextOf, refusalOf, type MessageBatch } from '@stockproof/bus-transport';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import {
  goodsReceivedV1,
  purchaseOrderApprovedV1,
  purchaseOrderClosedV1,
  purchaseOrderEventsTopic,
} from '@stockproof/purchasing-contracts';
import type { ItemCommand } from '@stockproof/stock-domain';
import { instantOf } from '@stockproof/vocabulary';
import type { Reporting } from '../level-reports/reporting-levels';
import { withQuiet } from '../level-reports/spoken-of';
import { itemStream } from '../stock.streams';
import { levelReporting } from '../stock.tokens';

/** What purchase orders promise becomes incoming; what they bring becomes stock. */
@Controller()
export class PurchaseOrdersConsumer {
  constructor(@Inject(levelReporting) private readonly reporting: Reporting) {}

  @EventPattern(purchaseOrderEventsTopic, { group: 'stock.purchase-orders' })
  async hear(@Payload() { messages }: MessageBatch): Promise<void> {
    for (const message of messages)
      await allEnded(commandsOf(message, this.reporting.clock.now()).map((command) => this.apply(message, command)));
  }

  private async apply(message: DeliveredMessage, command: ItemCommand): Promise<void> {
    const { sku } = command.data;
    const line = 'lineId' in command.data ? command.data.lineId : '';
    const context = contextOf(message, 'stock', 'purchase-order', message.id, line);
    const accountId = accountOf(message);
    const { streams, spokenOf } = this.reporting;
    const asked = command.type === 'ReceiveGoods' ? { ...command, data: await withQuiet(spokenOf, accountId, command.data) } : command;
    const handled = await streams.items.handle(itemStream(accountId, sku), asked, context);
    if (handled.outcome === 'rejected') throw refusalOf(handled.rejection, `${command.type} of ${sku}`);
  }
}

const commandsOf = ({ type, data }: DeliveredMessage, now: string): readonly ItemCommand[] => {
  switch (type) {
    case purchaseOrderApprovedV1.type: {
      const { purchaseOrderId, warehouseId, lines } = purchaseOrderApprovedV1.schema.parse(data);
      return lines.map(({ lineId, sku, quantity }) => ({
        type: 'ExpectGoods',
        data: { sku, now, purchaseOrderId, lineId, warehouseId, expected: quantity },
      }));
    }
    case goodsReceivedV1.type: {
      const { purchaseOrderId, receiptId, warehouseId, receivedAt, lines } = goodsReceivedV1.schema.parse(data);
      const at = instantOf(receivedAt);
      return lines.map(({ lineId, sku, quantity }) => ({
        type: 'ReceiveGoods',
        data: { sku, now, purchaseOrderId, lineId, receiptId, warehouseId, quantity, at },
      }));
    }
    case purchaseOrderClosedV1.type: {
      const { purchaseOrderId, lines } = purchaseOrderClosedV1.schema.parse(data);
      return lines.map(({ lineId, sku }) => ({ type: 'ExpectNoMore', data: { sku, now, purchaseOrderId, lineId } }));
    }
    default:
      return [];
  }
};
