import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { MessageBatch } from '@stockproof/bus-transport';
import type { Statement } from '@stockproof/sql';
import { accountEventsTopic } from '@stockproof/tenancy-contracts';
import { referenceStatements } from './reference-statements';

const accounts = { topic: accountEventsTopic, group: 'purchasing.accounts' } as const;

/** What purchasing refuses for. */
export const purchasingLooksUp = { topics: [accounts] };

/** Keeps what tenancy says of accounts as rows to look up. */
@Controller()
export class ReferenceConsumer {
  @EventPattern(accounts.topic, { group: accounts.group })
  async hearOfAccounts(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(referenceStatements);
  }
}
