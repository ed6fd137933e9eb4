import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { accountOf, contextOf, refusalOf, type MessageBatch } from '@stockproof/bus-transport';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { accountEventsTopic, accountSettingsChangedV1 } from '@stockproof/tenancy-contracts';
import type { Clock } from '@stockproof/vocabulary';
import { productSourceStream } from '../catalog.streams';
import { catalogClock, catalogFollowing } from '../catalog.tokens';
import { followSource, masterSource, type FollowingSource } from '../product-source/master-source';

/** Keeps in catalog's own log where the products of an account come from. */
@Controller()
export class AccountSettingsConsumer {
  constructor(
    @Inject(catalogFollowing) private readonly following: FollowingSource,
    @Inject(catalogClock) private readonly clock: Clock,
  ) {}

  @EventPattern(accountEventsTopic, { group: 'catalog.accounts' })
  async hearOfAccounts(@Payload() { messages }: MessageBatch): Promise<void> {
    for (const message of messages) if (message.type === accountSettingsChangedV1.type) await this.hear(message);
  }

  private async hear(message: DeliveredMessage): Promise<void> {
    const accountId = accountOf(message);
    const { masterProductSource: source } = accountSettingsChangedV1.schema.parse(message.data).settings;
    const { streams } = this.following;
    const command = { type: 'HearOfProductSource', data: { source, sequence: message.sequence, now: this.clock.now() } } as const;
    const handled = await streams.productSources.handle(productSourceStream(accountId), command, contextOf(message, 'catalog'));
    if (handled.outcome === 'rejected') throw refusalOf(handled.rejection, `hearing of the product source of ${accountId}`);
    // Older news changes nothing, so what holds is read and followed, not what this message says.
    await followSource(this.following, accountId, await masterSource(streams, accountId));
  }
}
