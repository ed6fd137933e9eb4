export { messageId, messagesOf } from './messages';
export { publishingMigrations } from './migrations';
export type { Fact, Publication } from './publication';
export { publisher, type Publisher, type PublisherOptions, type PublisherStatus } from './publisher';
export { generationOf, sourceOf } from './source';
