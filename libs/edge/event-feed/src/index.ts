export { accountEventsProjection } from './account-events.projection';
export { EventFeedModule } from './event-feed.module';
export { FeedQuery } from './event-feed.requests';
export { feedPlaces, historyReplaced, type FeedPlace, type FeedPlaces } from './feed-places';
export { whenSomethingCame } from './waiting';
