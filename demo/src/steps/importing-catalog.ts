import { articles, bundles, startingStock } from '../files/assortment';
import type { Simulator } from '../surroundings/simulator';
import { eventually } from '../client/eventually';
import { warehousePlace, type Company, type Say } from './company';
import { importFile } from './importing-files';

/** Step 2: products and stock from CSV files; what the files say lies in the simulated warehouses too. */
export const importCatalog = async (company: Company, simulator: Simulator, say: Say): Promise<void> => {
  const { api, at, tag, shops } = company;
  await importFile(company, { service: 'catalog', kind: 'products', name: 'products.csv', mediaType: 'text/csv' }, say);
  // The Shopify shop calls one article by an older name.
  await api.put(at('catalog', `/channels/${shops.shopify}/sku-mappings/OLD-MUG-RED`), { sku: 'MUG-RED' });
  await importFile(company, { service: 'stock', kind: 'stock-levels', name: 'stock-levels.csv', mediaType: 'text/csv' }, say);
  // Only now: a warehouse that had told its levels before would be believed rather than the file.
  for (const code of ['NORTH', 'SOUTH'] as const)
    await simulator.put(`/warehouses/${warehousePlace(tag, code)}/stock`, {
      rows: articles.map(({ sku, abundance }) => ({ sku, quantity: startingStock[abundance][code] })),
    });
  await eventually(
    'the levels in the view',
    () => api.all(at('stock', '/levels?kind=virtual')),
    (levels) => levels.length >= articles.length,
    { withinMs: 60_000 },
  );
  say(`${articles.length} articles and ${bundles.length} sets known, their stock in two warehouses`);
};
