export type { PersonalData, Sealed } from './personal-data';
export type { Erasure } from './subject-keys';
export { inMemoryPersonalData } from './in-memory-personal-data';
export { masterKeyFrom } from './master-key';
export { PersonWasForgotten, type PersonalDataWithLedger } from './personal-data-with';
export { erasureLedger, personalDataMigrations, postgresPersonalData } from './postgres-personal-data';
export { CannotUnseal } from './sealing';
