import type { BatchContext, DeliveredMessage } from '@stockproof/integration-bus';
import type { Statement } from '@stockproof/sql';

/**
 * What an `@EventPattern(topic, { group })` handler is called with: the messages of one partition that this group has not seen and
 * whose ordering keys are not parked, in order.
 *
 * The handler first appends through command handling (idempotent), then answers the rows to be committed together with the
 * group's checkpoint, or nothing. It is called again with the same messages after a crash in between.
 *
 * A thrown `PoisonMessage` parks that message's ordering key at once. Any other error is retried with growing waits; when it stays,
 * the batch is handled message by message, and what still fails is parked.
 */
export type MessageBatch = {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly DeliveredMessage[];
  readonly context: BatchContext;
};

export type BatchHandler = (batch: MessageBatch) => Promise<readonly Statement[] | void>;

/** This message can never be handled: its shape is wrong, or what it says is impossible. Parks its ordering key, nothing else. */
export class PoisonMessage extends Error {
  constructor(
    readonly poison: DeliveredMessage,
    reason: string,
  ) {
    super(reason);
  }
}

/** The world is not ready (a connection lost, a race lost too often): try again for as long as it takes, park nothing. */
export class TryAgain extends Error {}
