import { join } from 'node:path';

/** Folder with the SQL of the bus; run once per database, with the search path set to a schema of its own called `bus`. */
export const busMigrations = join(__dirname, '..', 'migrations');
