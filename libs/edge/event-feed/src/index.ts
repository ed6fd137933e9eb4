export { accountEventsProjection } from './account-events.projection';
export { EventFeedModule } from './event-feed.module';
export { FeedQuery } from './event-feed.requests';
export { feedPlaces, historyReplaced, type FeedPlace, type FeedPlaces } from './feed-places';
export type { CloudEvent } from './cloud-event';
export { readFeed, type FeedPage } from './reading-the-feed';
export { whenSomethingCame } from './waiting';
