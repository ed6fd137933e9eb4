import { join } from 'node:path';

/** Folder with the SQL of the log and its snapshots, run in a service's schema. */
export const eventStoreMigrations: string = join(__dirname, 'migrations');
