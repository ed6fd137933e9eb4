import { entriesOf } from '../checking/journal';
import { eventually } from '../client/eventually';
import type { Simulator } from '../surroundings/simulator';
import { runJob, shopPlace, warehousePlace, type Company, type Say } from './company';

/** What is changed where the products come from, and here by hand. */
export const atTheSource = { sku: 'SENCHA-50', name: 'Sencha, spring harvest, 50 g' } as const;
export const newAtTheSource = { sku: 'SENCHA-2026-50', name: 'Sencha of 2026, 50 g' } as const;
export const byHand = { sku: 'MUG-BLUE', name: 'Mug, deep blue' } as const;
export const changedProducts = [atTheSource, newAtTheSource, byHand];

/** Places that products go to, by their names in the journal. */
export const productPlaces = (tag: string) => ({
  source: `shops/${shopPlace(tag, 'shopify')}`,
  others: [`shops/${shopPlace(tag, 'woo')}`, `warehouses/${warehousePlace(tag, 'NORTH')}`, `warehouses/${warehousePlace(tag, 'SOUTH')}`],
});

const productOf = (externalProductId: string, { sku, name }: { readonly sku: string; readonly name: string }) => ({
  ...{ externalProductId, title: name, dropped: false },
  variants: [{ externalVariantId: `${externalProductId}-1`, sku, title: name }],
});

/** Step 7: products change at their source and by hand, and go where they may; orders that waited for a new one go by themselves. */
export const changeProducts = async (company: Company, simulator: Simulator, say: Say): Promise<void> => {
  const { api, at, tag, shops } = company;
  const shop = `/shops/${shopPlace(tag, 'shopify')}`;
  await simulator.put(`${shop}/products`, { product: productOf('P-SENCHA', atTheSource) });
  await simulator.put(`${shop}/products`, { product: productOf('P-2026', newAtTheSource) });
  await runJob(company, 'catalog', 'import-products', shops.shopify);
  const path = at('catalog', `/variants/${byHand.sku}`);
  await api.patch(path, path, { name: byHand.name });
  const { others } = productPlaces(tag);
  await eventually(
    'that the other channels are told of the products',
    async () => {
      const told = entriesOf(await simulator.journal(tag), 'products-told');
      return others.flatMap((place) =>
        changedProducts
          .filter(
            ({ sku, name }) =>
              !told.some(
                (entry) =>
                  entry.place === place &&
                  entry.products.some(({ variants }) => variants.some((each) => each.sku === sku && each.title === name)),
              ),
          )
          .map(({ sku }) => `${place} ${sku}`),
      );
    },
    (untold) => untold.length === 0,
    { everyMs: 500 },
  );
  say(`${changedProducts.length} products changed at the source and by hand; every other channel knows`);
};
