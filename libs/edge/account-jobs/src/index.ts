export { AccountJobsModule } from './account-jobs.module';
