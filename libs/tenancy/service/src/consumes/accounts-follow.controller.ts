import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { PoisonMessage, TryAgain, type MessageBatch } from '@stockproof/bus-transport';
import type { CommandContext } from '@stockproof/command-handling';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import {
  accountAddedV1,
  organizationDefaultsChangedV1,
  organizationEventsTopic,
  virtualWarehouseMembersChangedV1,
  warehouseEditedV1,
  warehouseEventsTopic,
} from '@stockproof/tenancy-contracts';
import type { AccountCommand } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import { openAccount } from '../account/opening';
import { accountStream, organizationStream } from '../aggregates';
import { latestState } from '../latest-state';
import { TenancyParts } from '../tenancy.parts';

const parsed = <Data>(
  message: DeliveredMessage,
  schema: { readonly safeParse: (data: unknown) => { success: true; data: Data } | { success: false; error: Error } },
): Data => {
  const result = schema.safeParse(message.data);
  if (!result.success) throw new PoisonMessage(message, result.error.message);
  return result.data;
};

const contextOf = (message: DeliveredMessage, accountId: string): CommandContext => ({
  commandId: derivedId('heard', message.id, accountId),
  correlationId: message.correlationId,
  causationId: message.id,
  actor: 'service:tenancy',
  organizationId: message.organizationId,
  accountId,
});

/** What an organization decides for all reaches each of its accounts, whatever happened in between. */
@Controller()
export class AccountsFollowController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @EventPattern(organizationEventsTopic, { group: 'tenancy.accounts-follow-organizations' })
  async hearOfOrganizations(@Payload() { messages }: MessageBatch): Promise<void> {
    for (const message of messages) await this.hearOfOrganization(message);
  }

  @EventPattern(warehouseEventsTopic, { group: 'tenancy.accounts-follow-warehouses' })
  async hearOfWarehouses(@Payload() { messages }: MessageBatch): Promise<void> {
    for (const message of messages) {
      const edited = message.type === warehouseEditedV1.type ? parsed(message, warehouseEditedV1.schema).warehouseId : null;
      const changed =
        message.type === virtualWarehouseMembersChangedV1.type
          ? parsed(message, virtualWarehouseMembersChangedV1.schema).warehouseId
          : null;
      const warehouseId = edited ?? changed;
      if (warehouseId !== null) await this.followWarehouse(message, warehouseId);
    }
  }

  private async hearOfOrganization(message: DeliveredMessage): Promise<void> {
    if (message.type === accountAddedV1.type) {
      const added = parsed(message, accountAddedV1.schema);
      await openAccount(this.parts.tenancy.accounts, added, contextOf(message, added.accountId));
    }
    if (message.type === organizationDefaultsChangedV1.type) await this.inheritDefaults(message);
  }

  /** Both ways read the organization as it is now, not as the message has it: a late message then brings nothing older. */
  private async inheritDefaults(message: DeliveredMessage): Promise<void> {
    const { organizationId } = parsed(message, organizationDefaultsChangedV1.schema);
    const { defaults } = await latestState(this.parts.tenancy.organizations, organizationStream(organizationId));
    await this.toEachAccount(message, { type: 'InheritDefaults', data: { inherited: defaults } });
  }

  private async followWarehouse(message: DeliveredMessage, warehouseId: string): Promise<void> {
    const { organizations } = this.parts.tenancy;
    const stream = organizationStream(message.organizationId);
    await latestState(organizations, stream);
    const { state, revision } = await organizations.load(stream);
    const warehouse = state.warehouses.get(warehouseId);
    if (!warehouse) return;
    const { priority, members } = warehouse;
    await this.toEachAccount(message, {
      type: 'FollowWarehouse',
      data: { warehouseId, priority, members, organizationRevision: revision },
    });
  }

  private async toEachAccount(message: DeliveredMessage, command: AccountCommand): Promise<void> {
    const { organizations, accounts } = this.parts.tenancy;
    const organization = await latestState(organizations, organizationStream(message.organizationId));
    for (const accountId of organization.accounts.keys()) {
      const handled = await accounts.handle(accountStream(accountId), command, contextOf(message, accountId));
      // Its own opening stands before this message in the same order, so an unopened account is only a matter of time.
      if (handled.outcome === 'rejected') throw new TryAgain(`account ${accountId}: ${handled.rejection.type}`);
    }
  }
}
