export { columnTypes } from './column-types';
export { openLines, type Lines } from './lines';
export { openDatabases, type OpenDatabases, type OpenDatabasesOptions, type PoolSizes } from './open-databases';
export { isTransient } from './transient';
