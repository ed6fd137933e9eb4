import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { readUntil, type IntegrationBus } from '@stockproof/integration-bus';
import { sql, type Database } from '@stockproof/sql';
import { accessEventsTopic } from '@stockproof/tenancy-contracts';
import type { Clock } from '@stockproof/vocabulary';
import { accessGroup } from './consumes/access-events.controller';

export type FeedWatchOptions = {
  readonly service: string;
  readonly bus: Pick<IntegrationBus, 'lag'>;
  readonly worker: Database;
  readonly clock: Clock;
  readonly everyMs: number;
  readonly log: { readonly warn: (details: object, message: string) => void };
};

/** Notes how far the access topic was read: a silent tenancy is no old feed, an unread topic is one. */
export class FeedWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly options: FeedWatchOptions) {}

  onApplicationBootstrap(): void {
    this.looking = this.round();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  /** Looks once. */
  async look(): Promise<void> {
    const { service, bus, worker, clock } = this.options;
    const now = clock.now();
    const until = readUntil(await bus.lag(accessGroup(service), [accessEventsTopic]), now);
    if (until === null) return;
    await worker.query(
      sql(
        'insert into access_feed (read_to_end_at) values ($1) on conflict (singleton) do update set read_to_end_at = greatest(access_feed.read_to_end_at, excluded.read_to_end_at)',
        until,
      ),
    );
  }

  private async round(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      // Nothing noted is what makes the API refuse after a while; the next round tries again.
      this.options.log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'how far the access topic was read is not known',
      );
    }
    if (!this.stopped) this.timer = setTimeout(() => void (this.looking = this.round()), this.options.everyMs).unref();
  }
}
