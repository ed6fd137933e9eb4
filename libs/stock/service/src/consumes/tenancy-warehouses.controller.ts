import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { contextOf, refusalOf, type MessageBatch } from '@stockproof/bus-transport';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import type { WarehouseEvent } from '@stockproof/stock-domain';
import {
  accountEventsTopic,
  virtualWarehouseMembersChangedV1,
  warehouseCreatedV1,
  warehouseDisabledV1,
  warehouseEnabledV1,
  warehouseEventsTopic,
} from '@stockproof/tenancy-contracts';
import type { Clock } from '@stockproof/vocabulary';
import { warehouseStream, type StockStreams } from '../stock.streams';
import { stockClock, stockStreamsToken } from '../stock.tokens';
import { warehouseTerms } from './publication-reference.controller';

const [warehouses, accounts] = [
  { topic: warehouseEventsTopic, group: 'stock.warehouses' },
  { topic: accountEventsTopic, group: 'stock.accounts' },
] as const;

/** What stock refuses for: warehouses as it heard of them, and the view that shows them. */
export const stockLooksUp = { topics: [warehouses, accounts, warehouseTerms], views: ['stock-levels'] };

/** Keeps what tenancy says of warehouses in stock's own log, from which the virtual figures are built. */
@Controller()
export class TenancyWarehousesConsumer {
  constructor(
    @Inject(stockStreamsToken) private readonly streams: StockStreams,
    @Inject(stockClock) private readonly clock: Clock,
  ) {}

  @EventPattern(warehouses.topic, { group: warehouses.group })
  async hearOfWarehouses(@Payload() { messages }: MessageBatch): Promise<void> {
    for (const message of messages) await this.hear(message);
  }

  @EventPattern(accounts.topic, { group: accounts.group })
  async hearOfAccounts(@Payload() { messages }: MessageBatch): Promise<void> {
    for (const message of messages) await this.hear(message);
  }

  private async hear(message: DeliveredMessage): Promise<void> {
    const fact = factOf(message, this.clock.now());
    if (fact === null) return;
    const owner = 'accountId' in fact.data ? fact.data.accountId : fact.data.organizationId;
    const context = contextOf(message, 'stock');
    const handled = await this.streams.warehouses.handle(
      warehouseStream(owner, fact.data.warehouseId),
      { type: 'HearOfWarehouse', data: { fact } },
      context,
    );
    if (handled.outcome === 'rejected') throw refusalOf(handled.rejection, `hearing of warehouse ${fact.data.warehouseId}`);
  }
}

const factOf = ({ type, data, sequence }: DeliveredMessage, now: string): WarehouseEvent | null => {
  const common = { sequence, decidedAt: now };
  switch (type) {
    case warehouseCreatedV1.type: {
      const { organizationId, warehouseId, code, name, kind, members } = warehouseCreatedV1.schema.parse(data);
      return { type: 'WarehouseDescribed', data: { ...common, organizationId, warehouseId, code, name, kind, members } };
    }
    case virtualWarehouseMembersChangedV1.type: {
      const { organizationId, warehouseId, members } = virtualWarehouseMembersChangedV1.schema.parse(data);
      return { type: 'WarehouseMembersReplaced', data: { ...common, organizationId, warehouseId, members } };
    }
    case warehouseEnabledV1.type: {
      const { accountId, warehouseId, code, kind, members } = warehouseEnabledV1.schema.parse(data);
      return { type: 'WarehouseEnabledForAccount', data: { ...common, accountId, warehouseId, code, kind, members } };
    }
    case warehouseDisabledV1.type: {
      const { accountId, warehouseId } = warehouseDisabledV1.schema.parse(data);
      return { type: 'WarehouseDisabledForAccount', data: { ...common, accountId, warehouseId } };
    }
    default:
      return null;
  }
};
