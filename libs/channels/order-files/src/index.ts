export { readPlainOrders } from './plain-orders';
export type { OrdersRead } from './read-orders';
export { readShopifyOrders } from './shopify-orders';
export { readWooCommerceOrders } from './woocommerce-orders';
