export type { Jobs, JobStatus, ScheduledWork, StatusPage, Timer } from './jobs';
export { inMemoryJobs } from './in-memory-jobs';
export { UnknownJob } from './job-runner';
export { jobsMigrations, postgresJobs, type PostgresJobsOptions, type RunningJobs } from './postgres-jobs';
export { jobsByKind, type JobsOfKind } from './jobs-by-kind';
export { jobStandings, type JobStanding } from './job-standings';
export { LeaseLost, type JobEnded } from './running-jobs';
