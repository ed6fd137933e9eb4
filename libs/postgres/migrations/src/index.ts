export { migrate, type MigrateOptions, type MigrationFolder } from './migrate';
export { MigrationError } from './migration-error';
