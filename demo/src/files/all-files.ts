import { productsFile, shopifyFile, stockFile, wooFile } from './formats';
import { repeatedShopify, repeatedWoo, shopifyOrders, wooOrders } from './orders';

/** The files of the demonstration by name, as they are committed in demo/files. */
export const allFiles = (): Readonly<Record<string, string>> => ({
  'products.csv': productsFile(),
  'stock-levels.csv': stockFile(),
  'shopify-orders.csv': shopifyFile(shopifyOrders, repeatedShopify),
  'woocommerce-orders.json': wooFile(wooOrders, repeatedWoo),
});
