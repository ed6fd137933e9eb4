import { join } from 'node:path';

/** Folder with the SQL of the kept answers, run in a service's source schema. */
export const idempotencyMigrations = join(__dirname, '..', 'migrations');
