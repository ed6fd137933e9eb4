import type { Pusher } from '../http/push';
import type { Entry, Journal } from '../journal/journal';
import type { ShopFact } from './shop-facts';
import { applyToShop, emptyShop, type ShopState } from './shop-state';

export type Shop = { readonly code: string; readonly state: ShopState; readonly record: (fact: ShopFact) => void };

const place = (code: string) => `shops/${code}`;

/** All shops of this simulator; one that is named for the first time is empty and exists from then on. */
export const openShops = (journal: Journal, pusher: Pusher) => {
  const shops = new Map<string, Shop>();

  const open = (code: string): Shop => {
    const state = emptyShop();
    const record = (fact: ShopFact) => {
      const entry = journal.write(place(code), fact);
      applyToShop(state, entry);
      if (fact.kind === 'order-placed') pusher.push(state.settings, { id: `${code}-${entry.seq}`, type: 'order', data: fact.order });
    };
    const shop = { code, state, record };
    shops.set(code, shop);
    return shop;
  };

  const at = (code: string): Shop => shops.get(code) ?? open(code);

  for (const entry of journal.entries()) {
    const [kind, code] = entry.place.split('/');
    if (kind === 'shops' && code !== undefined) applyToShop(at(code).state, entry as Entry<ShopFact>);
  }
  return { at };
};

export type Shops = ReturnType<typeof openShops>;
