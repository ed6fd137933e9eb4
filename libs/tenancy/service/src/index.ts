export { tenancyService } from './tenancy.module';
