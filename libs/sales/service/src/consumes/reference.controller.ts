import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { MessageBatch } from '@stockproof/bus-transport';
import { skuMappingEventsTopic, variantEventsTopic } from '@stockproof/catalog-contracts';
import type { Statement } from '@stockproof/sql';
import { accountEventsTopic, warehouseEventsTopic } from '@stockproof/tenancy-contracts';
import { referenceStatements } from './reference-statements';

/** Keeps the looked-up facts of other services as rows. */
@Controller()
export class ReferenceConsumer {
  @EventPattern(accountEventsTopic, { group: 'sales.accounts' })
  async hearOfAccounts(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }

  @EventPattern(warehouseEventsTopic, { group: 'sales.warehouses' })
  async hearOfWarehouses(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }

  @EventPattern(variantEventsTopic, { group: 'sales.variants' })
  async hearOfVariants(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }

  @EventPattern(skuMappingEventsTopic, { group: 'sales.sku-mappings' })
  async hearOfSkuMappings(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }
}
