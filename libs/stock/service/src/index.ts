export { stockService } from './stock.module';
