/** Why the database cannot be brought up to date. The message is a clear sentence with the way out. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}
