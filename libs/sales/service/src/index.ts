export { salesService } from './sales.module';
