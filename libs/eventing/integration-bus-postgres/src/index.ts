export { busMigrations } from './migrations';
export { postgresBus, type PostgresBusOptions } from './postgres-bus';
