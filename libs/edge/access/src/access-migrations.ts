import { join } from 'node:path';

/** Folder with the SQL of the directory, run in a service's source schema. */
export const accessMigrations = join(__dirname, '..', 'migrations');
