import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { plusMs } from '@stockproof/vocabulary';
import { keptMs, type IdempotencyOptions } from './idempotency.interceptor';

const everyMs = 600_000;

/** Deletes answers that are older than streams remember. */
export class Forgetting implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private forgetting: Promise<void> = Promise.resolve();

  constructor(private readonly options: IdempotencyOptions) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void (this.forgetting = this.round()), everyMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.forgetting;
  }

  /** Forgets all that is due, in portions. */
  async round(): Promise<void> {
    const { answers, clock, log } = this.options;
    try {
      let gone: number;
      do gone = await answers.forget(plusMs(clock.now(), -keptMs));
      while (gone > 0);
    } catch (error) {
      log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'old answers were not deleted; the next round tries again',
      );
    }
  }
}
