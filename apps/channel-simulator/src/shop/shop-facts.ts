import type { StockTold } from '../http/bodies';

export type ShopSettings = { readonly callbackUrl: string | null; readonly pushSecret: string | null };

/** Everything that can happen in a shop; what it was told from outside carries the effect id that it was told under. */
export type ShopFact =
  | { readonly kind: 'shop-set-up'; readonly settings: ShopSettings }
  | { readonly kind: 'order-placed'; readonly order: unknown }
  | { readonly kind: 'product-offered'; readonly product: object }
  | {
      readonly kind: 'order-told';
      readonly effectId: string;
      readonly externalId: string;
      readonly orderNumber: string;
      readonly update: object;
    }
  | { readonly kind: 'stock-told'; readonly effectId: string; readonly externalId: string; readonly stock: StockTold }
  | { readonly kind: 'products-told'; readonly effectId: string; readonly externalId: string; readonly products: readonly object[] };
