export { messageId, messagesOf } from './messages';
export { publishingMigrations } from './migrations';
export type { Fact, Publication } from './publication';
export { publisher, type Publisher, type PublisherOptions, type PublisherStatus } from './publisher';
export { publisherStanding, type PublisherStanding } from './publisher-standing';
export { generationOf, sourceOf } from './source';
