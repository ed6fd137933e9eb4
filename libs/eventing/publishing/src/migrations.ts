import { join } from 'node:path';

/** Folder with the SQL of the publisher's checkpoint; run in the source schema of each service. */
export const publishingMigrations = join(__dirname, '..', 'migrations');
