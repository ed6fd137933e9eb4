export { salesService } from './sales.module';
export { CreateOrderRequest } from './orders/orders.requests';
