import { setTimeout as delay } from 'node:timers/promises';
import type { BatchContext, DeliveredMessage, SubscribeOptions } from '@stockproof/integration-bus';

export type ReaderHost = {
  /** Whether the group still hears of this member. */
  readonly lives: () => boolean;
  /** Everything before this offset is handled. */
  readonly handled: (next: string) => void;
};

const firstRetryMs = 50;
const longestRetryMs = 10_000;
const defaultBatchSize = 500;

/**
 * Handles what was fetched from one partition, a batch at a time, again after a rejection. It works beside the fetch loop of the driver,
 * which goes on saying that this member lives, however long a batch takes or waits.
 */
export class PartitionReader {
  readonly #pending: DeliveredMessage[] = [];
  readonly #stopping = new AbortController();
  #failures = 0;
  #lost = false;
  #last: DeliveredMessage | null = null;
  #draining: Promise<void> | null = null;
  #earlier: PartitionReader | null;
  readonly #before: Promise<void>;

  /** `earlier`: a reader of the same partition in this process, which may have a batch in hand: it is waited for. */
  constructor(
    private readonly place: { readonly topic: string; readonly partition: number },
    private readonly options: SubscribeOptions,
    private readonly host: ReaderHost,
    earlier: PartitionReader | null,
  ) {
    this.#earlier = earlier;
    this.#before = Promise.resolve(earlier?.finish()).then(() => {
      this.#earlier = null;
    });
  }

  /** The last message that was handled. */
  get last(): DeliveredMessage | null {
    return this.#last;
  }

  /** Resolves when these and all earlier messages are handled, or nothing more will be. */
  take(messages: readonly DeliveredMessage[]): Promise<void> {
    this.#pending.push(...messages);
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = null;
    });
    return this.#draining;
  }

  /** The partition is somebody else's, or will be fetched again from its offset: what is in hand may end, nothing more begins. */
  lose(): void {
    this.#lost = true;
    this.#stopping.abort();
    this.#earlier?.lose();
  }

  /** Takes nothing more; resolves when the batch in hand has ended. */
  async finish(): Promise<void> {
    this.#stopping.abort();
    await this.#before;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    await this.#before;
    while (this.#pending.length > 0 && !this.#stopping.signal.aborted) {
      try {
        await this.#handleNext();
        this.#failures = 0;
      } catch (error) {
        this.options.onError?.(error);
        await this.#waitAfterFailure();
      }
    }
  }

  async #handleNext(): Promise<void> {
    const messages = this.#pending.slice(0, this.options.batchSize ?? defaultBatchSize);
    const context: BatchContext = { owns: () => !this.#lost && this.host.lives(), heartbeat: async () => undefined };
    await this.options.onBatch({ ...this.place, messages }, context);
    this.#pending.splice(0, messages.length);
    this.#last = messages.at(-1) ?? null;
    if (!this.#lost) this.host.handled(String(BigInt(messages.at(-1)?.offset ?? -1) + 1n));
  }

  async #waitAfterFailure(): Promise<void> {
    const waitMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures += 1;
    await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
