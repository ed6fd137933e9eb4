import { accepted, type Answer } from '../journal/answer';
import type { Entry } from '../journal/journal';
import type { ShopFact, ShopSettings } from './shop-facts';

type Row = { readonly sku: string; readonly warehouseCode: string | null; readonly quantity: number };

/** What a shop knows: a fold of its part of the journal. */
export type ShopState = {
  settings: ShopSettings;
  readonly orders: unknown[];
  readonly products: object[];
  readonly told: Map<string, object[]>;
  /** What is for sale, per SKU and warehouse. */
  readonly offered: Map<string, Row>;
  readonly answers: Map<string, Answer>;
};

export const emptyShop = (): ShopState => ({
  settings: { callbackUrl: null, pushSecret: null },
  orders: [],
  products: [],
  told: new Map(),
  offered: new Map(),
  answers: new Map(),
});

const offer = ({ offered }: ShopState, mode: 'full' | 'changes', rows: readonly Row[]) => {
  if (mode === 'full') for (const [key, row] of offered) offered.set(key, { ...row, quantity: 0 });
  for (const row of rows) offered.set(JSON.stringify([row.sku, row.warehouseCode]), row);
};

/** What an entry of the journal does to what the shop knows. */
export const applyToShop = (state: ShopState, entry: Entry<ShopFact>): void => {
  if ('effectId' in entry) state.answers.set(entry.effectId, accepted(entry.externalId));
  switch (entry.kind) {
    case 'shop-set-up':
      state.settings = entry.settings;
      return;
    case 'order-placed':
      state.orders.push(entry.order);
      return;
    case 'product-offered':
      state.products.push(entry.product);
      return;
    case 'order-told':
      state.told.set(entry.orderNumber, [...(state.told.get(entry.orderNumber) ?? []), entry.update]);
      return;
    case 'stock-told':
      return offer(state, entry.stock.mode, entry.stock.rows);
    case 'products-told':
      return;
  }
};
