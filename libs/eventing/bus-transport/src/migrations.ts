import { join } from 'node:path';

/** Folder with the SQL of checkpoints and parked events; run in the source schema of each service. */
export const busTransportMigrations = join(__dirname, '..', 'migrations');
