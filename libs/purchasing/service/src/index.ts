export { purchasingService } from './purchasing.module';
