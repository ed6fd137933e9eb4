import { setTimeout as delay } from 'node:timers/promises';
import type { BatchContext, SubscribeOptions } from '@stockproof/integration-bus';
import type { PartitionLog } from './partition-log';

export type Lease = {
  readonly member: string;
  readonly topicNo: number;
  readonly topic: string;
  readonly partition: number;
  readonly fence: number;
};

/** What a reader needs from the client it belongs to. */
export type ReaderHost = {
  readonly log: PartitionLog;
  /** Whether the client is known to live, so that its leases count. */
  readonly lives: () => boolean;
  readonly sayAlive: () => Promise<void>;
};

const firstRetryMs = 50;
const longestRetryMs = 10_000;

/** Reads one leased partition for one member: a batch at a time, again after a rejection, until the lease ends. */
export class PartitionReader {
  #head = 0;
  #failures = 0;
  #lost = false;
  readonly #stopping = new AbortController();
  #draining: Promise<void> | null = null;

  constructor(
    readonly lease: Lease,
    private next: number,
    private readonly options: SubscribeOptions,
    private readonly host: ReaderHost,
  ) {}

  get stopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** There are messages up to this offset. */
  wake(head: number): void {
    this.#head = Math.max(this.#head, head);
    if (this.#draining || !this.#mayRead()) return;
    this.#draining = this.#drain().finally(() => {
      this.#draining = null;
      this.wake(this.#head);
    });
  }

  /** Somebody else has the partition. */
  lose(): void {
    this.#lost = true;
    this.#stopping.abort();
  }

  /** Finishes the batch in hand and takes no other. */
  async finish(): Promise<void> {
    this.#stopping.abort();
    await this.#draining;
  }

  /** Gives the partition back where it stands. Only after `finish`. */
  async release(): Promise<void> {
    if (!this.#lost) await this.#move(true);
  }

  #owns(): boolean {
    return !this.#lost && this.host.lives();
  }

  #mayRead(): boolean {
    return this.next < this.#head && this.#owns() && !this.stopping;
  }

  async #drain(): Promise<void> {
    while (this.#mayRead()) {
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
    const { topic, topicNo, partition } = this.lease;
    const messages = await this.host.log.read({ topicNo, partition, from: this.next, limit: this.options.batchSize ?? 500 });
    const last = messages.at(-1);
    if (!last) {
      this.#head = this.next;
      return;
    }
    // What was read before the lease ended is somebody else's now.
    if (!this.#owns() || this.stopping) return;
    const context: BatchContext = { owns: () => this.#owns(), heartbeat: () => this.host.sayAlive() };
    await this.options.onBatch({ topic, partition, messages }, context);
    if (!this.#owns()) return;
    this.next = Number(last.offset) + 1;
    await this.#move(false);
  }

  async #move(release: boolean): Promise<void> {
    const { member, topicNo, partition, fence } = this.lease;
    const moved = await this.host.log.move({ group: this.options.group, topicNo, partition, member, fence, next: this.next, release });
    if (!moved) this.lose();
  }

  async #waitAfterFailure(): Promise<void> {
    const waitMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures += 1;
    await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
