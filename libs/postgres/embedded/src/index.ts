export { EmbeddedPostgresError } from './embedded-postgres-error';
export { joinEmbeddedPostgres, type JoinedPostgres } from './join-embedded-postgres';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start-embedded-postgres';
