import { join } from 'node:path';

/** Folder with the SQL of file imports; run in the source schema of each service. */
export const fileImportsMigrations = join(__dirname, '..', 'migrations');
