import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { MessageBatch } from '@stockproof/bus-transport';
import { skuMappingEventsTopic, variantEventsTopic } from '@stockproof/catalog-contracts';
import type { Statement } from '@stockproof/sql';
import { accountEventsTopic, warehouseEventsTopic } from '@stockproof/tenancy-contracts';
import { referenceStatements } from './reference-statements';

const [accounts, warehouses, variants, mappings] = [
  { topic: accountEventsTopic, group: 'sales.accounts' },
  { topic: warehouseEventsTopic, group: 'sales.warehouses' },
  { topic: variantEventsTopic, group: 'sales.variants' },
  { topic: skuMappingEventsTopic, group: 'sales.sku-mappings' },
] as const;

/** What sales refuses for. Shops' names of SKUs are not: an order that nobody knows the SKU of waits for it. */
export const salesLooksUp = { topics: [accounts, warehouses, variants] };

/** Keeps the looked-up facts of other services as rows. */
@Controller()
export class ReferenceConsumer {
  @EventPattern(accounts.topic, { group: accounts.group })
  async hearOfAccounts(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }

  @EventPattern(warehouses.topic, { group: warehouses.group })
  async hearOfWarehouses(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }

  @EventPattern(variants.topic, { group: variants.group })
  async hearOfVariants(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }

  @EventPattern(mappings.topic, { group: mappings.group })
  async hearOfSkuMappings(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }
}
