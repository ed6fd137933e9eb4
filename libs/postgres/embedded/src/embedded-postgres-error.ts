/** Why the embedded Postgres cannot run. The message is one clear sentence or two, with the way out, fit to be printed as it is. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
