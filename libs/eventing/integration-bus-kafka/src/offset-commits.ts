import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, TopicPartitionOffset } from 'kafkajs';

const retryMs = 500;

/** Moves the offsets of a group: what comes while a commit is on its way goes together with the next. */
export class OffsetCommits {
  readonly #waiting = new Map<string, TopicPartitionOffset>();
  #running: Promise<void> | null = null;
  #failed = false;

  constructor(
    private readonly consumer: Pick<Consumer, 'commitOffsets'>,
    private readonly onError: (error: unknown) => void,
  ) {}

  move(topic: string, partition: number, offset: string): void {
    this.#waiting.set(`${topic}/${partition}`, { topic, partition, offset });
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** What was given away others move. */
  keepOnly(owned: ReadonlySet<string>): void {
    for (const key of this.#waiting.keys()) if (!owned.has(key)) this.#waiting.delete(key);
  }

  /** Tries once more what is not committed, then gives up: what was not moved is delivered again. */
  async finish(): Promise<void> {
    while (this.#running && !this.#failed) await Promise.race([this.#running, delay(retryMs)]);
    if (this.#failed) await this.#commit();
    this.#waiting.clear();
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0) {
      this.#failed = !(await this.#commit());
      if (this.#failed) await delay(retryMs);
    }
  }

  async #commit(): Promise<boolean> {
    const now = [...this.#waiting];
    if (now.length === 0) return true;
    try {
      await this.consumer.commitOffsets(now.map(([, move]) => move));
      for (const [key, move] of now) if (this.#waiting.get(key) === move) this.#waiting.delete(key);
      return true;
    } catch (error) {
      this.onError(error);
      return false;
    }
  }
}
