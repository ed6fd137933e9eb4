import type { ShopPlace } from '@stockproof/channel-directory';
import { sql, type Queryable } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';
import { figuresStatement, type FiguresRow } from '../availability/figures';
import { knownVariants } from '../availability/known-variants';
import { published } from './publishable';

/** A figure as the shop is told it: under its own name of the SKU; no code for the shop as a whole. */
export type ToldFigure = {
  readonly sku: string;
  readonly warehouseCode: string | null;
  readonly quantity: number;
  /** What it was made of, before the rule of the channel; `null`: it is no longer offered at all. */
  readonly available: number | null;
};

type Names = { readonly ours: ReadonlyMap<string, string>; readonly theirs: ReadonlyMap<string, string> };

/** How SKUs are spelled here where catalog has not told, and what the shop calls them. */
const namesOf = async (database: Queryable, accountId: AccountId, channelId: string): Promise<Names> => {
  const [ours, theirs] = await Promise.all([
    database.query<{ sku_key: string; sku: string }>(
      sql('select sku_key, min(sku) as sku from stock_levels_v1 where account_id = $1 group by sku_key', accountId),
    ),
    database.query<{ sku_key: string; theirs: string }>(
      sql(
        'select sku_key, min(theirs) as theirs from known_sku_mappings where account_id = $1 and channel_id = $2 and not removed group by sku_key',
        accountId,
        channelId,
      ),
    ),
  ]);
  return {
    ours: new Map(ours.map(({ sku_key, sku }) => [sku_key, sku])),
    theirs: new Map(theirs.map((name) => [name.sku_key, name.theirs])),
  };
};

/** Every figure that the shop is to know now: of all that is sold, as far as it lies, or its parts lie, in what is published. */
export const figuresFor = async (database: Queryable, { accountId, channelId, setUp }: ShopPlace): Promise<readonly ToldFigure[]> => {
  const { variants, maySplit } = await knownVariants(database, accountId, null);
  const bundles = [...variants].filter(([, { components, archived }]) => components.length > 0 && !archived);
  // A bundle has no stock of its own, and what is archived is not sold, whatever lies there.
  const untold = [...variants.values()].filter(({ components, archived }) => components.length > 0 || archived).map(({ key }) => key);
  const { publishedWarehouses: warehouseIds, stockPublication, warehouseMappings } = setUp;
  const asked = { accountId, skus: new Map(bundles), everyOtherThan: untold, warehouseIds, maySplit };
  const [[row], names] = await Promise.all([database.query<FiguresRow>(figuresStatement(asked)), namesOf(database, accountId, channelId)]);
  const { warehouses = [], figures = [] } = row ?? {};
  const codes = new Map(warehouses.map(({ warehouseId, code }) => [warehouseId, code]));
  return figures
    .filter(({ position, skuKey: key }) => position !== null || variants.get(key)?.components.length)
    .map(({ skuKey: key, warehouseId, publishable }) => {
      const sku = variants.get(key)?.sku ?? names.ours.get(key) ?? key;
      const rule = stockPublication.rules.find((each) => each.warehouseId === warehouseId) ?? null;
      const theirs = warehouseMappings.find((each) => each.warehouseId === warehouseId)?.theirs ?? codes.get(warehouseId) ?? null;
      return {
        sku: names.theirs.get(skuKey(sku)) ?? sku,
        warehouseCode: warehouses.length === 1 ? null : theirs,
        quantity: published(publishable, sku, rule),
        available: publishable,
      };
    });
};
