import { Module, type DynamicModule } from '@nestjs/common';
import { eventFeedController } from './event-feed.controller';
import type { FeedSource } from './reading-the-feed';

/**
 * `GET /v1/<service>/accounts/{id}/events`. Import it once per service, beside `HttpModule` and `AccessModule`; its worker runs
 * `accountEventsProjection`.
 */
@Module({})
export class EventFeedModule {
  static forService(source: FeedSource): DynamicModule {
    return { module: EventFeedModule, controllers: [eventFeedController(source)] };
  }
}
