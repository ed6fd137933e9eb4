export { columnTypes } from './column-types';
export { openDatabases, type OpenDatabases, type OpenDatabasesOptions, type PoolSizes } from './open-databases';
export { isTransient } from './transient';
