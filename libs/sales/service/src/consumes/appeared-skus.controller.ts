import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { accountOf, contextOf, type MessageBatch } from '@stockproof/bus-transport';
import { skuMappedV1, skuMappingEventsTopic, variantAddedV1, variantEventsTopic } from '@stockproof/catalog-contracts';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import type { Database } from '@stockproof/sql';
import type { IncomingDesk } from '../incoming/incoming-desk';
import { incomingDeskToken, salesWorker } from '../sales.tokens';
import { referenceStatements } from './reference-statements';

/** Orders that waited for a SKU go by themselves when it appears. A group of its own: what stops it stops no look-up. */
@Controller()
export class AppearedSkusConsumer {
  constructor(
    @Inject(incomingDeskToken) private readonly desk: IncomingDesk,
    @Inject(salesWorker) private readonly worker: Database,
  ) {}

  @EventPattern(variantEventsTopic, { group: 'sales.appeared-variants' })
  async hearOfVariants(@Payload() { messages }: MessageBatch): Promise<void> {
    for (const message of messages)
      if (message.type === variantAddedV1.type) await this.appeared(message, variantAddedV1.schema.parse(message.data).sku);
  }

  @EventPattern(skuMappingEventsTopic, { group: 'sales.appeared-mappings' })
  async hearOfMappings(@Payload() { messages }: MessageBatch): Promise<void> {
    for (const message of messages)
      if (message.type === skuMappedV1.type) await this.appeared(message, skuMappedV1.schema.parse(message.data).theirs);
  }

  private async appeared(message: DeliveredMessage, sku: string): Promise<void> {
    // The other group may not have come so far, and what is tried again must find the SKU.
    for (const statement of referenceStatements(message)) await this.worker.query(statement);
    await this.desk.skuAppeared(accountOf(message), sku, contextOf(message, 'sales'));
  }
}
