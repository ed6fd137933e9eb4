export { inTurn } from './in-turn';
export { gathered, upTo, type Gathered, type GatheringOptions } from './gathered';
export { sql, type Database, type Queryable, type ServiceDatabases, type Statement, type Tenant, type TenantReader } from './sql';
