export { catalogService } from './catalog.module';
