import { join } from 'node:path';

/** Folder with the SQL of the directory; run in the source schema of each service. */
export const channelDirectoryMigrations = join(__dirname, '..', 'migrations');
