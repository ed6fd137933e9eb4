import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allFiles } from './all-files';
import { articles, bundles, skusOf, startingStock } from './assortment';
import { repeatedShopify, repeatedWoo, shopifyOrders, wooOrders } from './orders';
import { mayFreeUnits } from './warehouse-habits';

const allLines = [...shopifyOrders, ...wooOrders].flatMap(({ lines }) => lines);

describe('the files of the demonstration', () => {
  it.each(Object.entries(allFiles()))('%s is committed as it is made', (name, text) => {
    expect(readFileSync(join(__dirname, '..', '..', 'files', name), 'utf8')).toBe(text);
  });

  it('hold at least 200 variants, each SKU once, and 300 orders', () => {
    const skus = [...articles, ...bundles].map(({ sku }) => sku);
    expect(new Set(skus).size).toBe(skus.length);
    expect(skus.length).toBeGreaterThanOrEqual(200);
    expect(shopifyOrders.length + wooOrders.length).toBeGreaterThanOrEqual(300);
  });

  it('repeat only orders that are sound', () => {
    for (const [orders, repeated] of [
      [shopifyOrders, repeatedShopify],
      [wooOrders, repeatedWoo],
    ] as const)
      for (const at of repeated) expect(orders[at - 10]?.trouble).toBeNull();
  });

  it('let no order whose units may come free name what others wait for', () => {
    const rare = new Set((['south-mostly', 'north-only', 'south-only', 'scarce'] as const).flatMap(skusOf));
    const risky = [...shopifyOrders, ...wooOrders].filter(({ number }) => mayFreeUnits(number));
    expect(risky.length).toBeGreaterThan(5);
    expect(risky.flatMap(({ lines }) => lines).filter(({ sku }) => rare.has(sku))).toEqual([]);
  });

  it('order what is rare so that how many units leave which warehouse does not depend on who comes first', () => {
    const quantities = (skus: readonly string[]) =>
      new Set(allLines.filter(({ sku }) => skus.includes(sku)).map(({ quantity }) => quantity));
    expect(quantities(skusOf('south-mostly'))).toEqual(new Set([startingStock['south-mostly'].NORTH]));
    for (const kind of ['north-only', 'south-only', 'scarce'] as const) expect(quantities(skusOf(kind))).toEqual(new Set([1]));
  });

  it('order less of what there is plenty of than the first warehouse has', () => {
    const inSets = new Map(bundles.map(({ sku, components }) => [sku, components]));
    const wanted = new Map<string, number>();
    for (const { sku, quantity } of allLines)
      for (const component of inSets.get(sku) ?? [{ sku, quantity: 1 }])
        wanted.set(component.sku, (wanted.get(component.sku) ?? 0) + quantity * component.quantity);
    expect(Math.max(...skusOf('plenty').map((sku) => wanted.get(sku) ?? 0))).toBeLessThan(startingStock.plenty.NORTH);
  });

  it('order more of every scarce article than there is', () => {
    const wanted = (sku: string) =>
      [...shopifyOrders, ...wooOrders].filter(({ trouble, lines }) => trouble === null && lines.some((line) => line.sku === sku)).length;
    expect(skusOf('scarce').filter((sku) => wanted(sku) > 1).length).toBeGreaterThanOrEqual(6);
  });
});
